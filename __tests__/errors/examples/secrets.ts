import { Secrets, type SecretsProps } from "../../../modules/secrets";
import { type Examples } from "./example";

const valid: SecretsProps = { name: "crm-prod" };

export const secretsExamples: Examples = {
  "secrets/key": (stack) =>
    new Secrets(stack, "secrets", { ...valid, generated: { "nextauth secret": { description: "Signs sessions" } } }),
  "secrets/description-too-long": (stack) =>
    new Secrets(stack, "secrets", { ...valid, external: { SMTP_PASSWORD: { description: "a".repeat(2049) } } }),
  "secrets/duplicate-key": (stack) =>
    new Secrets(stack, "secrets", {
      ...valid,
      generated: { NEXTAUTH_SECRET: { description: "Signs sessions" } },
      external: { NEXTAUTH_SECRET: { description: "Signs sessions" } },
    }),
  "secrets/immediate-deletion": (stack) => new Secrets(stack, "secrets", { ...valid, recoveryWindowDays: 0 }),
  "secrets/unknown-key": (stack) =>
    new Secrets(stack, "secrets", { ...valid, external: { SMTP_PASSWORD: { description: "Sends mail" } } }).arn(
      "SMTP_PASWORD",
    ),
};
