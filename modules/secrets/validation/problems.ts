import { type ProblemCatalogue } from "../../core/problem";

export const secretsProblems = {
  "secrets/key": {
    summary: "The key of a secret is malformed or too long.",
    why: "The secret is called <name>/<key>, and Secrets Manager refuses other characters and longer names at apply (Secrets Manager API reference, CreateSecret.Name).",
  },
  "secrets/description-too-long": {
    summary: "The description of a secret is too long.",
    why: "Secrets Manager accepts at most 2,048 characters (Secrets Manager API reference, CreateSecret.Description).",
  },
  "secrets/duplicate-key": {
    summary: "A key is in both generated and external.",
    why: "Both would be the same secret, whose value Terraform would generate and somebody else would put.",
  },
  "secrets/immediate-deletion": {
    summary: "recoveryWindowDays is 0 without allowImmediateDeletion.",
    why: "A secret deleted without a recovery window is lost at once, with every value that it held.",
  },
  "secrets/unknown-key": {
    summary: "arn() was called with a key that is in neither generated nor external.",
    why: "There is no secret by that key; it is usually a spelling mistake.",
  },
} as const satisfies ProblemCatalogue;
