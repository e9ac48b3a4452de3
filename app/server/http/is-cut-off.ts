/** Whether an error says that the client went away while it sent its request, which is no error of the server (Node's `_http_server.js`). */
export function isCutOff(error: unknown): boolean {
  return error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET";
}
