import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as Argon2 from "@node-rs/argon2";
import type * as SocketClient from "socket.io-client";
import type * as Client from "../../app/client";

export const ROOT = resolve(__dirname, "../..");

// The app's packages are not resolvable from this folder.
const requireOfApp = createRequire(join(ROOT, "app", "package.json"));

export const { hash } = requireOfApp("@node-rs/argon2") as typeof Argon2;
export const { io } = requireOfApp("socket.io-client") as typeof SocketClient;

/** The app's client module, unchanged or a bundle without a defence. */
export type ClientModule = typeof Client;

export async function loadClient(bundle?: string): Promise<ClientModule> {
  return bundle === undefined ? import("../../app/client") : (requireOfApp(bundle) as ClientModule);
}
