import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const secretsRecoveryWindow = new Rule({
  id: "secrets-recovery-window",
  severity: "error",
  tiers: ["production"],
  types: ["aws_secretsmanager_secret"],
  controls: [],
  reason: "A secret that is gone at once takes what it encrypts or signs along.",
  remedy: "Set recovery_window_in_days to 7 or more.",
  find: attribute(
    "recovery_window_in_days",
    "at least 7",
    (value) => value === undefined || (numberOf(value) ?? 0) >= 7,
  ),
});
