import { run } from "../programs/child-process";
import { baseImage } from "./base-image";
import { npmAccess } from "./npm-access";

export interface BuildOptions {
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Name of the image to build. */
  readonly name: string;
  readonly print: (line: string) => void;
}

const STEP_WIDTH = 100;
const LINES_OF_A_FAILURE = 60;

/**
 * Builds a Dockerfile with buildah, as root and without a daemon, on a base image built here. How this machine reaches the npm
 * registry does not get into the image.
 * @throws Error with the end of the build's output when it fails
 */
export async function buildImage({ context, name, print }: BuildOptions): Promise<void> {
  const base = await baseImage(print);
  const access = await npmAccess();
  try {
    const mounts = access.mounts.flatMap(([source, destination]) => ["--volume", `${source}:${destination}:ro`]);
    // Chroot isolation needs no namespaces, which are not available in every container or virtual machine.
    const how = ["--isolation", "chroot", "--network", "host", "--format", "docker", "--pull-never", "--layers"];
    const args = ["bud", ...how, "--build-arg", `BASE_IMAGE=${base}`, ...mounts, "--tag", name, context];
    const { code, stdout, stderr } = await run("buildah", args, {
      env: process.env,
      onLine: (line) => {
        if (/STEP \d+\/\d+/.test(line)) print(line.slice(0, STEP_WIDTH));
      },
    });
    if (code !== 0) {
      const printed = `${stdout}\n${stderr}`.trim().split("\n").slice(-LINES_OF_A_FAILURE);
      throw new Error(`building ${name} failed:\n${printed.join("\n")}`);
    }
  } finally {
    access.remove();
  }
}
