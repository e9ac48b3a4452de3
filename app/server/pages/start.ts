import { existsSync, readFileSync } from "node:fs";
import { Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { CLIENT_ADDRESS_HEADER } from "./client-address";
import { type PageRefusal, refusePageRequest, removeUnusableHeaders } from "./page-request";
import { type Pages } from "./pages";

export interface PagesOptions {
  /** Whether to compile pages on request and reload them. */
  readonly dev: boolean;
  /** The folder of `.next`: the app's own in development, otherwise the image's. */
  readonly folder: string;
  readonly hostname: string;
  readonly port: number;
  /** The result of `pageEnvironment`; added to `process.env`, where Next and next-auth read it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts Next inside this process. @throws Error when the pages were not built */
export async function startPages({ dev, folder, hostname, port, environment }: PagesOptions): Promise<Pages> {
  Object.assign(process.env, environment);
  if (!dev) readBuiltConfiguration(folder);
  // Imported here, because Next reads the environment when it is loaded.
  const { default: next } = await import("next");
  // Next adds an upgrade listener to its server, which closes every upgrade whose path is a page. It gets a server that never listens, and
  // the real server decides which upgrades to pass on.
  const dummy = new Server();
  const app = next({ dev, dir: folder, hostname, port, httpServer: dummy });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: (request, response, clientAddress) => {
      // Next's development server has routes of its own.
      const refused = dev ? undefined : refusePageRequest(request);
      if (refused !== undefined) return refuse(response, refused);
      removeUnusableHeaders(request);
      request.headers[CLIENT_ADDRESS_HEADER] = clientAddress;
      return handle(request, response);
    },
    upgrade: (request, socket, head) => dev && dummy.emit("upgrade", request, socket, head),
    close: () => app.close(),
  };
}

function refuse(response: ServerResponse, { status, allow, body }: PageRefusal): Promise<void> {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store", Connection: "close" };
  response.writeHead(status, allow === undefined ? headers : { ...headers, Allow: allow });
  response.end(JSON.stringify(body));
  return Promise.resolve();
}

/**
 * Passes the build's configuration to Next as its generated standalone server does, because standalone output has no configuration file. The
 * variable is private to Next; the version is pinned, and a test of the image's folder fails when it changes.
 */
function readBuiltConfiguration(folder: string): void {
  const file = join(folder, ".next", "required-server-files.json");
  if (!existsSync(file)) throw new Error(`the pages are not built: there is no ${file}; run npm run build`);
  const { config } = JSON.parse(readFileSync(file, "utf8")) as { readonly config: unknown };
  process.env["__NEXT_PRIVATE_STANDALONE_CONFIG"] = JSON.stringify(config);
}
