import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../programs/child-process";
import { onPath } from "../../programs/search-path";
import { TwinError } from "../errors";

/** The files of a container image, in a folder, and what it runs when a container says nothing else: tasks are plain processes. */
export interface Image {
  readonly folder: string;
  readonly command: readonly string[];
}

/** An image in podman's storage, by its name: tasks are containers. */
export interface ContainerImage {
  readonly name: string;
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

/** @throws TwinError when there is no podman, nobody who may use it, or no such image */
export async function containerImageOf(name: string): Promise<ContainerImage> {
  if (process.getuid?.() !== 0)
    throw new TwinError("--image: running containers needs root. Without it there is --build.");
  if (onPath("podman", process.env).length === 0) {
    throw new TwinError("--image: podman is not on PATH. Install the Debian packages podman, runc and catatonit.");
  }
  const { code } = await run("podman", ["image", "exists", name], { env: process.env });
  if (code !== 0) throw new TwinError(`--image: podman has no image ${name}. What there is says podman images.`);
  return { name };
}

export function isContainerImage(image: Image | ContainerImage): image is ContainerImage {
  return "name" in image;
}
