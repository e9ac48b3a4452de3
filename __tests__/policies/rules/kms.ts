import { set, text } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { ALARM_TOPIC, CACHE, DATABASE, KMS_KEY, LOG_GROUP, SECRET } from "./subjects";

export const kmsCases: readonly RuleCase[] = [
  ruleCase("kms-customer-key", LOG_GROUP, set("kms_key_id", undefined), "kms_key_id"),
  ruleCase("kms-customer-key", DATABASE, set("kms_key_id", undefined), "kms_key_id"),
  ruleCase("kms-customer-key", CACHE, set("kms_key_id", undefined), "kms_key_id"),
  ruleCase("kms-customer-key", SECRET, set("kms_key_id", undefined), "kms_key_id"),
  ruleCase("kms-customer-key", ALARM_TOPIC, set("kms_master_key_id", undefined), "kms_master_key_id"),
  ruleCase("kms-customer-key", ALARM_TOPIC, set("kms_master_key_id", "alias/aws/sns"), "kms_master_key_id"),
  ruleCase(
    "kms-deletion-protection",
    KMS_KEY,
    set("lifecycle.prevent_destroy", undefined),
    "lifecycle.prevent_destroy",
  ),
  ruleCase("kms-deletion-window", KMS_KEY, set("deletion_window_in_days", 7), "deletion_window_in_days"),
  ruleCase(
    "kms-key-policy",
    KMS_KEY,
    text("policy", ({ Statement }) => void (Statement[0]!["Principal"] = { AWS: "*" })),
    "policy",
  ),
  ruleCase("kms-rotation", KMS_KEY, set("enable_key_rotation", false), "enable_key_rotation"),
];
