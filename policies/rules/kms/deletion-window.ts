import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const kmsDeletionWindow = new Rule({
  id: "kms-deletion-window",
  severity: "error",
  types: ["aws_kms_key"],
  controls: ["KMS.3"],
  reason:
    "Deleting a key makes all data that it encrypts unreadable; 30 days is the longest window to notice a mistake.",
  remedy: "Set deletion_window_in_days to 30.",
  find: attribute("deletion_window_in_days", "30", (value) => value === undefined || (numberOf(value) ?? 0) >= 30),
});
