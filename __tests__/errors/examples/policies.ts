import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { enforcePolicies } from "../../../policies";
import { type Examples } from "./example";

export const policyExamples: Examples = {
  "policies/violation": (stack) => {
    new KmsKey(stack, "key", { enableKeyRotation: false });
    enforcePolicies([{ stack, tier: "production" }]);
  },
  "policies/exception": (stack) => {
    const exception = { rule: "kms-rotation", resource: "crm-prod/key", tier: "production" } as const;
    enforcePolicies([{ stack, tier: "production" }], {
      exceptions: [{ ...exception, reason: "The key is rotated by hand" }],
    });
  },
};
