import * as fc from "fast-check";
import { Secrets, type SecretsProps } from "../../../modules/secrets";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { baseName, keyed, kmsKeyArn, number, prose, within } from "./values";

const key = fc.stringMatching(/^[A-Za-z0-9_+=.@-]{1,8}$/);

const props = fc.record(
  {
    name: baseName,
    generated: keyed(
      key.map((name) => `g${name}`),
      fc.record(
        { description: prose, length: number(within(16, 4096)), version: number(within(1, 100)) },
        { requiredKeys: ["description"] },
      ),
    ),
    external: keyed(
      key.map((name) => `e${name}`),
      fc.record({ description: prose }),
    ),
    recoveryWindowDays: number(within(7, 30)),
    allowImmediateDeletion: fc.boolean(),
    kmsKeyArn,
  },
  { requiredKeys: ["name"] },
);

export const secrets: Target = {
  name: "secrets",
  data: spoiled(props),
  build: (stack, id, data: SecretsProps) => void new Secrets(stack, id, data),
};
