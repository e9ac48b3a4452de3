import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../programs/child-process";
import { onPath } from "../../programs/search-path";
import { TwinError } from "../errors";

/** A built app in a folder, with its default command. Its tasks run as plain processes. */
export interface Image {
  readonly folder: string;
  readonly command: readonly string[];
}

/** An image in podman's storage. Its tasks run as containers. */
export interface ContainerImage {
  readonly name: string;
}

/** Returns the built app in a folder. @throws TwinError when there is none */
export function imageOf(folder: string): Image {
  const command = ["node", "server.js"];
  if (!existsSync(join(folder, command[1]!))) {
    throw new TwinError(
      `${folder}: expected a built app with ${command[1]}, found none. Build it: make app/dist/image.`,
    );
  }
  return { folder, command };
}

/** Returns an image of podman's. @throws TwinError without root, without podman, or when there is no such image */
export async function containerImageOf(name: string): Promise<ContainerImage> {
  if (process.getuid?.() !== 0) throw new TwinError("--image: running containers needs root. Use --build without it.");
  if (onPath("podman", process.env).length === 0) {
    throw new TwinError("--image: podman is not on PATH. Install the Debian packages podman, runc and catatonit.");
  }
  const { code } = await run("podman", ["image", "exists", name], { env: process.env });
  if (code !== 0) throw new TwinError(`--image: podman has no image ${name}. Run podman images to list them.`);
  return { name };
}

export function isContainerImage(image: Image | ContainerImage): image is ContainerImage {
  return "name" in image;
}
