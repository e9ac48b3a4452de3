import { TerraformVariable } from "cdktf";
import { Cdn, type CdnProps } from "../../../modules/cdn";
import { type Examples } from "./example";

const valid: CdnProps = {
  name: "crm-prod",
  domainNames: ["crm.example.com"],
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e",
  origin: {
    loadBalancerArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0123456789abcdef",
    dnsName: "internal-crm-1.ap-northeast-1.elb.amazonaws.com",
    scheme: "https",
    idleTimeoutSec: 60,
  },
};

export const cdnExamples: Examples = {
  "cdn/certificate-region": (stack) =>
    new Cdn(stack, "cdn", {
      ...valid,
      certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e",
    }),
  "cdn/secret-header": (stack) => new Cdn(stack, "cdn", { ...valid, originAccess: "secret-header" }),
  "cdn/required-header": (stack) => {
    const secret = new TerraformVariable(stack, "origin-secret", { type: "string", sensitive: true });
    new Cdn(stack, "cdn", {
      ...valid,
      origin: { ...valid.origin, requiredHeaderName: "x-origin-verify" },
      originAccess: "secret-header",
      secretHeader: { name: "x-origin-token", value: secret.stringValue },
    });
  },
  "cdn/path": (stack) => new Cdn(stack, "cdn", { ...valid, apiPaths: ["api/*"] }),
  "cdn/everything-cached": (stack) => new Cdn(stack, "cdn", { ...valid, cachedPaths: ["/*"] }),
  "cdn/keepalive-too-long": (stack) => new Cdn(stack, "cdn", { ...valid, keepaliveTimeoutSec: 60 }),
  "cdn/heartbeat-too-slow": (stack) =>
    new Cdn(stack, "cdn", { ...valid, heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 600 } }),
  "cdn/read-timeout-too-short": (stack) => new Cdn(stack, "cdn", { ...valid, readTimeoutSec: 30 }),
  "cdn/web-acl-scope": (stack) =>
    new Cdn(stack, "cdn", {
      ...valid,
      webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/crm/5f9c2a1e",
    }),
};
