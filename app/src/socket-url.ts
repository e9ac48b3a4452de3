/** Next would put the value of the build in the place of `process.env.NEXT_PUBLIC_…`; this reads the one of the run. */
const NAME = "NEXT_PUBLIC_SOCKET_URL";

/** Public origin of the sockets, when it is not the page's own. */
export function socketUrl(): string | undefined {
  return process.env[NAME] === "" ? undefined : process.env[NAME];
}
