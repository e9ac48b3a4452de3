import { dirname } from "node:path";
import { IMAGE_NODE_VERSION, imageNodeFolder } from "../../image/image-node";

/** Returns PATH for containers that are plain processes: the image's Node.js, or else this process's own, and the system's programs. */
export function programPath(): string {
  return [imageNodeFolder() ?? dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":");
}

/** Returns the version of Node.js on that PATH. */
export function programNodeVersion(): string {
  return imageNodeFolder() === undefined ? process.versions.node : IMAGE_NODE_VERSION;
}
