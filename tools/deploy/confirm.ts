import { createInterface } from "node:readline/promises";
import { DeployError } from "./errors";

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/** Returns a function that asks for `yes`. @throws DeployError from it when nobody sits at the terminal */
export function confirmOn({ input, output }: Terminal, assumeYes: boolean): (question: string) => Promise<boolean> {
  return async (question) => {
    if (assumeYes) return true;
    if (!input.isTTY) {
      throw new DeployError("confirmation: expected a person at a terminal, found none. Pass --yes in a pipeline.");
    }
    return (await ask({ input, output }, `${question} Type yes to go on: `)).toLowerCase() === "yes";
  };
}

/**
 * Returns a function that asks for a name, which is harder to type by mistake than `yes`.
 * @param given what was passed instead, with `--confirm`
 * @throws DeployError from it when nobody sits at the terminal
 */
export function askNameOn({ input, output }: Terminal, given: string | undefined): (what: string) => Promise<string> {
  return async (what) => {
    if (given !== undefined) return given;
    if (!input.isTTY) {
      throw new DeployError(
        "confirmation: expected a person at a terminal, found none. Pass --confirm STACK in a pipeline.",
      );
    }
    return ask({ input, output }, `Type ${what}: `);
  };
}

/** @throws DeployError after Ctrl-C or Ctrl-D, which would otherwise end the process as if it had succeeded */
async function ask({ input, output }: Terminal, question: string): Promise<string> {
  const reader = createInterface({ input, output });
  const unanswered = new DeployError(
    "confirmation: expected an answer, got Ctrl-C or the end of the input. Nothing more was changed.",
  );
  const closed = new Promise<never>((_, reject) => reader.once("close", () => reject(unanswered)));
  const answer = reader.question(question).catch(() => Promise.reject(unanswered));
  try {
    return (await Promise.race([answer, closed])).trim();
  } finally {
    reader.close();
  }
}
