import { checkBetweenEnvironments } from "../../../environments/checks/between-environments";
import { defineEnvironment } from "../../../environments/define-environment";
import { dev } from "../../../environments/dev";
import { prod } from "../../../environments/prod";
import { type Examples } from "./example";

export const environmentExamples: Examples = {
  "environments/reserved-name": () => defineEnvironment({ ...dev, name: "registry" }),
  "environments/mutable-release": () => defineEnvironment({ ...dev, release: "latest" }),
  "environments/other-form": () =>
    defineEnvironment({ ...dev, entrance: { kind: "insecure-http", domainName: "crm.example.com" } as never }),
  "environments/not-plain-data": () =>
    defineEnvironment({ ...dev, availabilityZones: new Set(["ap-northeast-1a", "ap-northeast-1c"]) as never }),
  "environments/zone-of-another-region": () =>
    defineEnvironment({ ...dev, availabilityZones: ["us-east-1a", "us-east-1b"] }),
  "environments/certificate-of-another-region": () =>
    defineEnvironment({
      ...prod,
      entrance: {
        kind: "https",
        domainName: "crm.example.com",
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e",
      },
    }),
  "environments/certificate-of-another-account": () =>
    defineEnvironment({
      ...prod,
      entrance: {
        kind: "https",
        domainName: "crm.example.com",
        certificateArn: "arn:aws:acm:ap-northeast-1:210987654321:certificate/5f9c2a1e",
      },
    }),
  "environments/insecure-production": () => defineEnvironment({ ...prod, entrance: { kind: "insecure-http" } }),
  "environments/disposable-production": () => defineEnvironment({ ...prod, disposable: true }),
  "environments/production-in-one-zone": () => defineEnvironment({ ...prod, availabilityZones: ["ap-northeast-1a"] }),
  "environments/silent-production": () => defineEnvironment({ ...prod, alarms: { emails: [] } }),
  "environments/overlapping-cidr-blocks": () =>
    checkBetweenEnvironments([dev, { ...prod, cidrBlock: "10.10.128.0/17" }]),
};
