import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const secretsRecoveryWindow = new Rule({
  id: "secrets-recovery-window",
  severity: "error",
  tiers: ["production"],
  types: ["aws_secretsmanager_secret"],
  controls: [],
  reason:
    "Data encrypted with a secret that is deleted immediately cannot be recovered, and its signatures cannot be verified.",
  remedy: "Set recovery_window_in_days to 7 or more.",
  find: attribute(
    "recovery_window_in_days",
    "at least 7",
    (value) => value === undefined || (numberOf(value) ?? 0) >= 7,
  ),
});
