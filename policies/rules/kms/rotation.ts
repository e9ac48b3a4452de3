import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const kmsRotation = new Rule({
  id: "kms-rotation",
  severity: "error",
  types: ["aws_kms_key"],
  when: ({ body }) => [undefined, "SYMMETRIC_DEFAULT"].includes(body["customer_master_key_spec"] as string | undefined),
  controls: ["KMS.4"],
  reason: "Rotation limits how much data one key version encrypts.",
  remedy: "Set enable_key_rotation.",
  find: attribute("enable_key_rotation", "true", isOn),
});
