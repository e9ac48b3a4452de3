import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the DNS and certificate module reports. */
export const dnsCertificateProblems = {
  "dns-certificate/common-name-length": {
    summary: "The site's name has more than 64 characters.",
    why: "The first name of a certificate is its common name, which is limited to 64 characters (ACM API reference, RequestCertificate).",
  },
  "dns-certificate/outside-zone": {
    summary: "A name is not in the zone.",
    why: "Its records would be in a zone that resolvers never ask for that name, so ACM could not validate it.",
  },
  "dns-certificate/existing-zone-setting": {
    summary: "delegated or forceDestroy is set for an existing zone, one given by zoneId.",
    why: "The module neither delegates nor deletes an existing zone, so the setting would be ignored.",
  },
  "dns-certificate/provider": {
    summary: "The provider for CloudFront's certificate is not a provider.",
    why: "Only a provider of us-east-1 can create a certificate for CloudFront from a stack in another region.",
  },
  "dns-certificate/no-certificate": {
    summary: "Neither a regional certificate nor one for CloudFront is requested.",
    why: "The construct exists to provide a certificate.",
  },
  "dns-certificate/shared-validation-record": {
    summary: "Two constructs would create the same validation record.",
    why: 'ACM asks for the same record for every certificate of a name in an account, and for its wildcard. Who destroys it first takes it from the other, whose certificate is then not renewed (ACM user guide, "DNS validation").',
  },
  "dns-certificate/certificate-not-created": {
    summary: "The ARN of a certificate is read that this construct does not create.",
    why: "Without the certificate there is no ARN to return.",
  },
  "dns-certificate/alias-key": {
    summary: "The key of an alias is not in kebab-case.",
    why: "The key becomes part of the records' Terraform addresses, which must not change later.",
  },
  "dns-certificate/alias-key-taken": {
    summary: "Two aliases have the same key.",
    why: "They would share Terraform addresses.",
  },
  "dns-certificate/name-taken": {
    summary: "A name has two aliases.",
    why: "Route 53 allows one simple record for a name and type.",
  },
} as const satisfies ProblemCatalogue;
