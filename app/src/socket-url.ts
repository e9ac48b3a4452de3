/** Read through a variable name, because Next replaces `process.env.NEXT_PUBLIC_…` by its value at build time. */
const NAME = "NEXT_PUBLIC_SOCKET_URL";

/** Whether the way to the server carries no WebSockets, so that clients poll from the start. */
export function pollingOnly(): boolean {
  return process.env["SOCKET_TRANSPORTS"] === "polling";
}

/** Returns the public origin of the sockets, if it is not the page's. */
export function socketUrl(): string | undefined {
  return process.env[NAME] === "" ? undefined : process.env[NAME];
}
