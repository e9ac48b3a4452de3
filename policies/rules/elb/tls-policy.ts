import { attribute } from "../../finders";
import { Rule } from "../../rule";

/** Nothing below TLS 1.2. Source: Elastic Load Balancing user guide, "Security policies for your Application Load Balancer". */
const ALLOWED: readonly string[] = [
  "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
  "ELBSecurityPolicy-TLS13-1-3-2021-06",
  "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
  "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
  "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
];

export const elbTlsPolicy = new Rule({
  id: "elb-tls-policy",
  severity: "error",
  types: ["aws_lb_listener"],
  when: ({ body }) => body["protocol"] === "HTTPS" || body["protocol"] === "TLS",
  controls: ["ELB.17"],
  reason: "Older policies allow TLS 1.0, TLS 1.1 or ciphers without forward secrecy.",
  remedy: "Set ssl_policy to ELBSecurityPolicy-TLS13-1-2-Res-2021-06.",
  find: attribute("ssl_policy", "a policy that allows only TLS 1.2 and 1.3", (value) =>
    ALLOWED.includes(String(value)),
  ),
});
