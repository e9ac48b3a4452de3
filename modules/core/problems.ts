import { type ProblemCatalogue } from "./problem";

/** The problems that more than one module reports. */
export const coreProblems = {
  "core/required": {
    summary: "A prop that has no safe default is missing or empty.",
    why: "The resource cannot be made without it, and any value that the module chose would be a guess.",
  },
  "core/props-missing": {
    summary: "A construct was given something other than an object as its props.",
    why: "It holds no props to read. TypeScript refuses this; plain JavaScript and casts do not.",
  },
  "core/unknown-prop": {
    summary: "A prop does not exist.",
    why: "It is almost always a typing mistake, and ignoring it would leave a default where a setting was meant.",
  },
  "core/wrong-type": {
    summary: "A value has the wrong type, such as text where a number belongs.",
    why: "TypeScript refuses this; plain JavaScript, casts and JSON files do not, and Terraform would fail later or convert it silently.",
  },
  "core/unreadable-value": {
    summary: "Reading a prop throws an error.",
    why: "A getter or a proxy in the props throws; its own error would not name the prop.",
  },
  "core/out-of-range": {
    summary: "A number is not whole, or is outside the range that AWS or the module accepts.",
    why: "AWS refuses it at apply, or the value makes the service unreliable; the message says which.",
  },
  "core/not-one-of": {
    summary: "A value is not one of those allowed.",
    why: "AWS or the module accepts no other value.",
  },
  "core/literal-required": {
    summary: "A value that is known only at apply was given where a literal is needed.",
    why: "The value decides which resources are synthesized, what they are called, or what text is written into JSON, and Terraform learns it too late for that.",
  },
  "core/wrong-format": {
    summary: "Text does not have the form that AWS or the module expects.",
    why: "AWS refuses it at apply, or accepts it and does something else.",
  },
  "core/wrong-count": {
    summary: "A list has too few or too many elements.",
    why: "AWS has a limit, or the service would not survive the failure of one zone.",
  },
  "core/duplicate": {
    summary: "A list holds the same element more than once.",
    why: "AWS refuses it, or Terraform would manage one thing twice.",
  },
  "core/base-name": {
    summary: "The name of a construct is not in kebab-case, is too long or is not a literal.",
    why: "The names of its AWS resources are made from it; the strictest limit is 32 characters, for a load balancer (Elastic Load Balancing API reference, CreateLoadBalancer).",
  },
  "core/reserved-name": {
    summary: "A name makes the physical name of a resource begin with a prefix that AWS reserves.",
    why: 'AWS refuses such names at apply: sg- for security groups (EC2 API reference, CreateSecurityGroup), sthree- and amzn-s3-demo- for buckets (S3 user guide, "General purpose bucket naming rules").',
  },
  "core/provider": {
    summary: "The provider of a construct is not an AWS provider.",
    why: "Terraform would refuse it, or ignore it and create the resources in the region of the stack.",
  },
  "core/edge-region": {
    summary: "What belongs to CloudFront would be created in another region than us-east-1.",
    why: "CloudFront takes certificates and web ACLs of us-east-1 only and delivers its logs from there, and AWS's own error does not say so (CloudFront developer guide; WAFV2 API reference, CreateWebACL).",
  },
  "core/construct-id": {
    summary: "The id of a construct does not begin with a letter.",
    why: "Terraform addresses are made of construct ids, and a name in Terraform begins with a letter or underscore (Terraform language, identifiers).",
  },
  "core/resource-id": {
    summary: "A value is not an AWS id of the expected kind.",
    why: "The id of another kind of resource, or a name in place of an id, fails only at apply.",
  },
  "core/wrong-arn": {
    summary:
      "A value is not the ARN of a resource of the expected type, or the resource cannot be used from this region or account.",
    why: "An id, an alias, the ARN of another type of resource or one with white space fails only at apply (AWS General Reference, ARN format). Most resources can be used from their own region only.",
  },
  "core/domain-name": {
    summary: "A value is not a literal domain name in lower case.",
    why: "Names are compared at synth and become part of addresses; AWS answers in lower case, so any other spelling differs in every plan (RFC 1035, section 2.3.1).",
  },
  "core/ip-block": {
    summary: "A value is not a literal IPv4 or IPv6 CIDR block.",
    why: "IPv4 and IPv6 blocks go to different resources, which is decided at synth.",
  },
  "core/ip-block-spelling": {
    summary: "A CIDR block has host bits, or is not written in its shortest form.",
    why: "AWS stores the canonical form, so any other spelling shows as a difference in every plan (RFC 5952 for IPv6).",
  },
  "core/heartbeat": {
    summary: "The heartbeat is not two literal whole numbers of seconds above 0.",
    why: "Timeouts of AWS, which are whole seconds, are computed from it at synth. Socket.IO's own options are in milliseconds.",
  },
  "core/secret-header-name": {
    summary: "A header name cannot carry the shared secret between CloudFront and the load balancer.",
    why: "A listener rule compares header names of at most 40 characters (Elastic Load Balancing API reference, HttpHeaderConditionConfig), and names that begin with x- cannot collide with standard headers.",
  },
  "core/literal-secret": {
    summary: "A secret was given as a literal.",
    why: "A literal is written into the synthesized JSON and the state, where anyone with access to either can read it.",
  },
  "core/maintenance-window": {
    summary: "A backup, snapshot or maintenance window is malformed, too short or longer than a day.",
    why: "AWS refuses it at apply; times are in UTC.",
  },
  "core/client-name": {
    summary: "The name of a client of a data store is not in kebab-case.",
    why: "The name becomes part of a Terraform address, which must not change later.",
  },
  "core/client-name-taken": {
    summary: "A client of a data store is allowed twice under one name.",
    why: "Each name is one security group rule and one Terraform address.",
  },
  "core/identity-taken": {
    summary:
      "Two constructs of an app create resources that are one and the same at AWS, such as databases with one name.",
    why: "AWS refuses the second resource in the middle of the apply, or takes it for the first one, so that two resources change it in turn (API references of the services: names are unique in a region, an account or, for buckets and domain names, everywhere).",
  },
  "core/duplicate-rule": {
    summary: "Two places of a stack ask for the same security group rule.",
    why: "AWS refuses the second rule with InvalidPermission.Duplicate (EC2 API reference, error codes), after it has created the first.",
  },
} as const satisfies ProblemCatalogue;
