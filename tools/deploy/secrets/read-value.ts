import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { type Terminal } from "../confirm";
import { DeployError } from "../errors";

/** Source: Secrets Manager API reference, PutSecretValue.SecretString. */
const LONGEST_BYTES = 65_536;

/**
 * Reads a value from a pipe, or from a person without showing what they type. A command line would leave it in the shell's history and in the list
 * of processes. @throws DeployError when it is empty or too long
 */
export async function readValue({ input, output }: Terminal, name: string): Promise<string> {
  const text = input.isTTY ? await hidden({ input, output }, `Value of ${name} (not shown): `) : await piped(input);
  const value = text.replace(/\r?\n$/, "");
  const bytes = Buffer.byteLength(value);
  if (value.trim() !== "" && bytes <= LONGEST_BYTES) return value;
  const got = bytes > LONGEST_BYTES ? `${bytes} bytes` : "nothing";
  throw new DeployError(
    `${name}: expected a value of at most ${LONGEST_BYTES} bytes on standard input, got ${got}. For example: make secrets ENV=dev ARGS="set ${name} --yes" < file`,
  );
}

async function piped(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function hidden({ input, output }: Terminal, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input, output: silent, terminal: true });
  const unanswered = new DeployError(
    "secret: expected a value, got Ctrl-C or the end of the input. Nothing was changed.",
  );
  const closed = new Promise<never>((_, reject) => reader.once("close", () => reject(unanswered)));
  const answer = reader.question("").catch(() => Promise.reject(unanswered));
  output.write(question);
  try {
    return await Promise.race([answer, closed]);
  } finally {
    reader.close();
    output.write("\n");
  }
}
