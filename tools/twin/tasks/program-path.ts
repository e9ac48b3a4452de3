import { dirname } from "node:path";
import { IMAGE_NODE_VERSION, imageNodeFolder } from "../../image/image-node";

/** The PATH of containers that are plain processes: the image's Node.js, or else the one that the twin runs on, and the system's programs. */
export function programPath(): string {
  return [imageNodeFolder() ?? dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"].join(":");
}

/** Version of the Node.js that such containers find there. */
export function programNodeVersion(): string {
  return imageNodeFolder() === undefined ? process.versions.node : IMAGE_NODE_VERSION;
}
