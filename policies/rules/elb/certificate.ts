import { attribute, isSet } from "../../finders";
import { Rule } from "../../rule";

export const elbCertificate = new Rule({
  id: "elb-certificate",
  severity: "error",
  types: ["aws_lb_listener"],
  when: ({ body }) => body["protocol"] === "HTTPS" || body["protocol"] === "TLS",
  controls: [],
  reason: "The provider accepts an HTTPS listener without a certificate, but the apply fails.",
  remedy: "Set certificate_arn to the ARN of an ACM certificate.",
  find: attribute("certificate_arn", "a certificate", isSet),
});
