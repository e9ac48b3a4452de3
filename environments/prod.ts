import { defineEnvironment } from "./define-environment";

/** Production: every tier survives the failure of a zone, nothing can be deleted by accident, and alarms reach a person. */
export const prod = defineEnvironment({
  name: "prod",
  tier: "production",
  pattern: "fargate",
  profile: "standard",
  accountId: "123456789012",
  region: "ap-northeast-1",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
  cidrBlock: "10.20.0.0/16",
  state: { bucket: "messenger-crm-terraform-state" },
  release: "0.1.0",
  entrance: {
    kind: "https",
    domainName: "crm.example.com",
    certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
  },
  disposable: false,
  alarms: { emails: ["oncall@example.com"] },
});
