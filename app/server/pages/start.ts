import { existsSync, readFileSync } from "node:fs";
import { Server } from "node:http";
import { join } from "node:path";
import { CLIENT_ADDRESS_HEADER } from "./client-address";
import { type Pages } from "./pages";

export interface PagesOptions {
  /** Compiles pages when they are asked for, and reloads them. */
  readonly dev: boolean;
  /** Where `.next` is: the app's own folder in development, the image's otherwise. */
  readonly folder: string;
  readonly hostname: string;
  readonly port: number;
  /** Of pageEnvironment: put into the process's own, where Next and next-auth look. */
  readonly environment: Readonly<Record<string, string>>;
}

/** @throws Error when the pages were not built */
export async function startPages({ dev, folder, hostname, port, environment }: PagesOptions): Promise<Pages> {
  Object.assign(process.env, environment);
  if (!dev) readBuiltConfiguration(folder);
  // Only now: Next reads the variable while it is loaded.
  const { default: next } = await import("next");
  // Next adds an upgrade listener to the server that it is given, and ends every socket there whose path is one of its pages: it gets
  // one that never listens, and the real server decides what reaches it.
  const dummy = new Server();
  const app = next({ dev, dir: folder, hostname, port, httpServer: dummy });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response, clientAddress) => {
      request.headers[CLIENT_ADDRESS_HEADER] = clientAddress;
      return handle(request, response);
    },
    upgrade: (request, socket, head) => {
      if (!dev || !dummy.emit("upgrade", request, socket, head)) socket.destroy();
    },
    close: () => app.close(),
  };
}

/**
 * Standalone output holds no Next configuration and no compiler to make one; its own generated server hands over the configuration of
 * the build in this variable, which is private to Next: the version is pinned, and the smoke test of the image's folder would tell.
 */
function readBuiltConfiguration(folder: string): void {
  const file = join(folder, ".next", "required-server-files.json");
  if (!existsSync(file)) throw new Error(`the pages are not built: there is no ${file}; run npm run build`);
  const { config } = JSON.parse(readFileSync(file, "utf8")) as { readonly config: unknown };
  process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"] = JSON.stringify(config);
}
