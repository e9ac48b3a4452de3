import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as Argon2 from "@node-rs/argon2";
import type * as SocketClient from "socket.io-client";
import type * as Client from "../../app/client";

export const ROOT = resolve(__dirname, "../..");

// The app's own packages, which this folder cannot see by itself.
const requireOfApp = createRequire(join(ROOT, "app", "package.json"));

export const { hash } = requireOfApp("@node-rs/argon2") as typeof Argon2;
export const { io } = requireOfApp("socket.io-client") as typeof SocketClient;

/** What runs in the browser: as it is, or a bundle of it that lacks something. */
export type ClientModule = typeof Client;

export async function loadClient(bundle?: string): Promise<ClientModule> {
  return bundle === undefined ? import("../../app/client") : (requireOfApp(bundle) as ClientModule);
}
