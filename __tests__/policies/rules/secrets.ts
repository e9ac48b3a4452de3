import { container, set } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { CACHE_USER, SECRET, SECRET_VERSION, TASK_DEFINITION } from "./subjects";

export const secretsCases: readonly RuleCase[] = [
  ruleCase(
    "secrets-no-literals",
    TASK_DEFINITION,
    container("app", "environment", [{ name: "STORAGE", value: "AKIA" + "ABCDEFGHIJKLMNOP" }]),
    "container_definitions",
  ),
  ruleCase("secrets-no-literals", SECRET_VERSION, set("secret_string", "correct horse"), "secret_string"),
  ruleCase("secrets-no-literals", CACHE_USER, set("passwords", ["correct horse"]), "passwords"),
  ruleCase("secrets-recovery-window", SECRET, set("recovery_window_in_days", 0), "recovery_window_in_days"),
];
