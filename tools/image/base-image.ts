import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../programs/child-process";
import { output } from "../programs/output";
import { IMAGE_NODE_VERSION, imageNodeFolder } from "./image-node";

/**
 * Replaces `node:24-bookworm-slim` where no container registry can be reached: Debian by debootstrap, Node.js and npm from their
 * npm packages, at the paths of the official image.
 */
const RECIPE = {
  suite: "bookworm",
  variant: "minbase",
  packages: "ca-certificates",
  npm: "11.21.2",
  /** Paths that the official image lacks as well. */
  removed: ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"],
} as const;

const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Returns the name of a base image with Node.js, npm and a shell; builds it when this machine does not have it yet. */
export async function baseImage(print: (line: string) => void): Promise<string> {
  const version = createHash("sha256").update(readFileSync(__filename)).digest("hex").slice(0, 12);
  const name = `localhost/node-stand-in:${IMAGE_NODE_VERSION}-${version}`;
  const { code } = await run("podman", ["image", "exists", name], { env: process.env });
  if (code !== 0) {
    print(`building the base image ${name}`);
    await build(name);
  }
  return name;
}

async function build(name: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "base-image-"));
  try {
    const root = join(folder, "root");
    const { suite, variant, packages, removed } = RECIPE;
    await output("debootstrap", [`--variant=${variant}`, `--include=${packages}`, suite, root, await debianMirror()]);
    removed.forEach((path) => rmSync(join(root, path), { recursive: true, force: true }));
    await addNode(folder, root);
    const archive = join(folder, "root.tar");
    await output("tar", ["-C", root, "-cf", archive, "."]);
    await output("podman", ["import", "--change", `ENV ${PATH}`, archive, name]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addNode(folder: string, root: string): Promise<void> {
  const local = join(root, "usr/local");
  const npm = join(local, "lib/node_modules/npm");
  mkdirSync(npm, { recursive: true });
  const node = imageNodeFolder();
  if (node === undefined)
    throw new Error(
      `Node.js ${IMAGE_NODE_VERSION} for this machine is not installed. Run make tools/image/node/node_modules.`,
    );
  mkdirSync(join(local, "bin"), { recursive: true });
  copyFileSync(join(node, "node"), join(local, "bin/node"));
  await unpack(folder, `npm@${RECIPE.npm}`, npm);
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(local, "bin/npm"));
  await output("chmod", ["+x", join(npm, "bin/npm-cli.js")]);
}

/** Downloads a package with npm, which checks its hash, and unpacks it. */
async function unpack(folder: string, npmPackage: string, target: string): Promise<void> {
  const printed = await output("npm", ["pack", "--silent", npmPackage], { cwd: folder });
  const archive = join(folder, printed.trim().split("\n").at(-1) ?? "");
  await output("tar", ["-C", target, "--strip-components=1", "-xzf", archive]);
}

/** Returns the Debian mirror that apt uses on this machine. */
async function debianMirror(): Promise<string> {
  const sites = await output("apt-get", ["indextargets", "--format", "$(SITE)", "Created-By: Packages"]);
  const site = sites.split("\n").find((line) => line.startsWith("http") && !line.includes("security"));
  return site ?? "http://deb.debian.org/debian";
}
