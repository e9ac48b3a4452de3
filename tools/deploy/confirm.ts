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
    const reader = createInterface({ input, output });
    try {
      return (await reader.question(`${question} Type yes to go on: `)).trim().toLowerCase() === "yes";
    } finally {
      reader.close();
    }
  };
}
