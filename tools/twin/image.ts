import { existsSync } from "node:fs";
import { join } from "node:path";
import { TwinError } from "./errors";

/** The files of a container image, in a folder, and what it runs when a container says nothing else. */
export interface Image {
  readonly folder: string;
  readonly command: readonly string[];
}

/** @throws TwinError when the folder holds no built app */
export function imageOf(folder: string): Image {
  const command = ["node", "server.js"];
  if (!existsSync(join(folder, command[1]!))) {
    throw new TwinError(
      `${folder}: expected a built app with ${command[1]}, found none. Build it: make app/dist/image.`,
    );
  }
  return { folder, command };
}
