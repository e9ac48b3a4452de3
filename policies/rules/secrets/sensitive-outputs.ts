import { unless } from "../../finders";
import { Rule } from "../../rule";
import { isOn, isTemplate } from "../../template-text";

/** Attributes of AWS resources whose value is a secret. */
const SECRET_ATTRIBUTE =
  /\.(password|master_password|secret_string|secret_binary|auth_token|secret_access_key|private_key(_pem)?|random_password|secret|ses_smtp_password_v4)\b(?!\.arn|\[)/;

function containsSecret(value: unknown): boolean {
  return isTemplate(value) && SECRET_ATTRIBUTE.test(String(value));
}

export const secretsSensitiveOutputs = new Rule({
  id: "secrets-sensitive-outputs",
  severity: "error",
  types: ["output"],
  controls: [],
  reason: "Terraform prints outputs, and pipelines store what is printed.",
  remedy: "Set sensitive to true on the output, or output the ARN of the secret instead.",
  find: (output) =>
    unless(
      isOn(output.value("sensitive")) || !containsSecret(output.value("value")),
      "sensitive",
      "true for a value that contains a secret",
      output.value("sensitive"),
    ),
});
