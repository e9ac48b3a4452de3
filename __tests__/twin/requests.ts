import { request } from "node:http";
import { once } from "node:events";
import WebSocket from "ws";

export interface Response {
  readonly status: number;
  /** The values of `set-cookie`, unchanged. */
  readonly cookies: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends one GET request over a new connection. */
export function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.once("error", reject);
      response.once("end", () => {
        const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
        resolve({ status: response.statusCode ?? 0, cookies: response.headers["set-cookie"] ?? [], body });
      });
    });
    outgoing.once("error", reject);
    outgoing.end();
  });
}

/** Sends several requests and returns the address of the task that answered each, optionally with the cookies of the first response. */
export async function respondingTasks(url: string, count: number, withCookies: boolean): Promise<string[]> {
  const first = await get(`${url}/login`);
  const cookie = first.cookies.map((text) => text.split(";")[0]).join("; ");
  const addresses = [String(first.body["address"])];
  while (addresses.length < count) {
    const { body } = await get(url, withCookies ? { cookie } : {});
    addresses.push(String(body["address"]));
  }
  return addresses;
}

export async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  await once(socket, "open");
  return socket;
}

/** Sends a line and returns the answer: the address of the task, and the line. */
export async function echo(socket: WebSocket, text: string): Promise<string> {
  const answer = once(socket, "message") as Promise<[Buffer]>;
  socket.send(text);
  return (await answer)[0].toString();
}
