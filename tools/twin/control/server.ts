import { createServer, type IncomingMessage, type Server } from "node:http";
import { TwinError } from "../errors";
import { type Controlled, runCommand } from "./commands";

/** A command to a running twin. */
export interface Call {
  readonly name: string;
  readonly args: readonly string[];
}

export type Answer = { readonly answer: unknown } | { readonly error: string };

/** Serves commands on a Unix socket in the twin's folder, which only its user can enter. */
export function serveControl(socket: string, controlled: Controlled): Promise<Server> {
  const server = createServer((request, response) => {
    // `stop` is answered first, since ending the twin closes this connection, too.
    let isLast = false;
    void answerTo(request, { ...controlled, end: () => (isLast = true) }).then((answer) => {
      response.writeHead("error" in answer ? 400 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer), () => isLast && controlled.end());
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve(server));
  });
}

async function answerTo(request: IncomingMessage, controlled: Controlled): Promise<Answer> {
  try {
    let text = "";
    for await (const chunk of request) text += String(chunk);
    const { name, args } = JSON.parse(text) as Call;
    return { answer: await runCommand(controlled, name, args) };
  } catch (error) {
    return { error: error instanceof TwinError ? error.message : String((error as Error).stack ?? error) };
  }
}
