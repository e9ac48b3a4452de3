import { unless } from "../../finders";
import { Rule } from "../../rule";
import { isOn, isTemplate } from "../../template-text";

/** Attributes of AWS's resources that hold a secret's value. */
const SECRET_ATTRIBUTE =
  /\.(password|master_password|secret_string|secret_binary|auth_token|secret_access_key|private_key(_pem)?|random_password|secret|ses_smtp_password_v4)\b(?!\.arn|\[)/;

function carriesSecret(value: unknown): boolean {
  return isTemplate(value) && SECRET_ATTRIBUTE.test(String(value));
}

export const secretsSensitiveOutputs = new Rule({
  id: "secrets-sensitive-outputs",
  severity: "error",
  types: ["output"],
  controls: [],
  reason: "Terraform prints outputs, and pipelines keep what is printed.",
  remedy: "Set sensitive on the output, or output the ARN of the secret.",
  find: (output) =>
    unless(
      isOn(output.value("sensitive")) || !carriesSecret(output.value("value")),
      "sensitive",
      "true for a value that carries a secret",
      output.value("sensitive"),
    ),
});
