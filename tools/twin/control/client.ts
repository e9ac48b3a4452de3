import { request } from "node:http";
import { TwinError } from "../errors";
import { controlSocket, runningTwins } from "../registry/registry";
import { type Answer, type Call } from "./server";

/**
 * Returns the folder of the twin that runs for this project, or of the named environment.
 *
 * @throws TwinError when there is none or more than one
 */
export function findTwin(environment: string | undefined): string {
  const all = runningTwins().filter(({ record }) => record.project === process.cwd());
  const found =
    environment === undefined ? all : all.filter(({ record }) => record.service.endsWith(`-${environment}`));
  const [first] = found;
  if (first === undefined) {
    throw new TwinError(
      `no twin runs here${environment ? ` for ${environment}` : ""}. Start one in another terminal: make twin.`,
    );
  }
  if (found.length > 1) {
    throw new TwinError(
      `several twins run here: ${found.map(({ record }) => record.service).join(", ")}. Choose one with --env.`,
    );
  }
  return first.folder;
}

/** Sends a command to a running twin and returns its answer. @throws TwinError with the twin's error */
export function call(folder: string, { name, args }: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: controlSocket(folder), method: "POST", path: "/" }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.once("end", () => {
        const answer = JSON.parse(text) as Answer;
        if ("error" in answer) reject(new TwinError(answer.error));
        else resolve(answer.answer);
      });
    });
    outgoing.once("error", (error) => reject(new TwinError(`the twin does not answer: ${error.message}`)));
    outgoing.end(JSON.stringify({ name, args }));
  });
}
