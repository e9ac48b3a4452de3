import { type ProblemCatalogue } from "../modules/core/problem";

/** The problems that only environments report. */
export const environmentProblems = {
  "environments/reserved-name": {
    summary: "The environment has the name of another stack.",
    why: "Stack names are made from environment names, and the stack of the shared image repository is called registry.",
  },
  "environments/mutable-release": {
    summary: "The release is a tag that can move to another image.",
    why: "A rollback needs a tag that still names the image that ran before.",
  },
  "environments/other-form": {
    summary: "A field belongs to another kind of entrance, database engine or cache than the one that is set.",
    why: "Ignoring it would hide the probable mistake: the kind itself.",
  },
  "environments/not-plain-data": {
    summary: "An environment holds something other than plain data, such as an instance of a class.",
    why: "Stacks are created from an environment, so nothing in it may depend on running code or on Terraform.",
  },
  "environments/zone-of-another-region": {
    summary: "An availability zone is not in the environment's region.",
    why: "Subnets are created in these zones, and AWS refuses them only at apply.",
  },
  "environments/certificate-of-another-region": {
    summary: "The certificate is in another region than the load balancer.",
    why: "A load balancer uses certificates of its own region only (Elastic Load Balancing user guide, SSL certificates).",
  },
  "environments/certificate-of-another-account": {
    summary: "The certificate is in another account than the load balancer.",
    why: "Certificates of ACM cannot be shared between accounts, and AWS refuses a foreign one only at apply.",
  },
  "environments/insecure-production": {
    summary: "Production is reached over plain HTTP.",
    why: "Sign-in, session cookies and messages would be readable on the way.",
  },
  "environments/disposable-production": {
    summary: "Production can be destroyed without protection.",
    why: "disposable turns off deletion protection and final snapshots.",
  },
  "environments/production-in-one-zone": {
    summary: "A part of production would not survive the failure of one zone or one node.",
    why: "The loss of a zone must neither stop the service nor lose messages.",
  },
  "environments/silent-production": {
    summary: "Nobody receives the alarms of production.",
    why: "An outage would go unnoticed until users report it.",
  },
  "environments/overlapping-cidr-blocks": {
    summary: "Two environments have overlapping CIDR blocks.",
    why: "Overlapping networks can never be peered, reached through one VPN or attached to one transit gateway, and a VPC's block cannot be changed without replacing everything in it.",
  },
} as const satisfies ProblemCatalogue;

export type EnvironmentProblemCode = keyof typeof environmentProblems;
