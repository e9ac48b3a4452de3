import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const kmsDeletionWindow = new Rule({
  id: "kms-deletion-window",
  severity: "error",
  types: ["aws_kms_key"],
  controls: ["KMS.3"],
  reason: "A deleted key takes all data that it encrypts with it; 30 days is the longest time to notice.",
  remedy: "Leave deletion_window_in_days at 30.",
  find: attribute("deletion_window_in_days", "30", (value) => value === undefined || (numberOf(value) ?? 0) >= 30),
});
