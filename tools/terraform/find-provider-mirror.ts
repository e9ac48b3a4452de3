import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isFolder } from "../programs/search-path";

/** The folder inside a filesystem mirror that holds the AWS provider. */
const AWS_PROVIDER = join("registry.terraform.io", "hashicorp", "aws");
const MIRROR_ROOT = "/opt";

/**
 * Finds a filesystem mirror with the AWS provider: TF_PLUGIN_MIRROR, Terraform's implied mirror directories, or any folder up to
 * two levels below /opt. Returns undefined when there is none: `terraform init` then asks the provider registry.
 */
export function findProviderMirror(env: NodeJS.ProcessEnv): string | undefined {
  const override = env["TF_PLUGIN_MIRROR"];
  const candidates = override ? [override] : [...impliedMirrors(env), ...belowOpt()];
  return candidates.find((folder) => isFolder(join(folder, AWS_PROVIDER)));
}

/** Lists the providers in a mirror as source addresses, such as registry.terraform.io/hashicorp/aws. */
export function providersIn(mirror: string): string[] {
  const hosts = subfolders(mirror);
  const namespaces = hosts.flatMap((host) => subfolders(join(mirror, host)).map((name) => `${host}/${name}`));
  return namespaces.flatMap((path) => subfolders(join(mirror, path)).map((name) => `${path}/${name}`));
}

function impliedMirrors(env: NodeJS.ProcessEnv): string[] {
  const home = env["HOME"] ?? "";
  const dataDirs = (env["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share").split(":");
  const dataHome = env["XDG_DATA_HOME"] ?? join(home, ".local", "share");
  return [
    join(home, ".terraform.d", "plugins"),
    ...[dataHome, ...dataDirs].map((d) => join(d, "terraform", "plugins")),
  ];
}

function belowOpt(): string[] {
  const first = subfolders(MIRROR_ROOT).map((name) => join(MIRROR_ROOT, name));
  return [MIRROR_ROOT, ...first, ...first.flatMap((folder) => subfolders(folder).map((name) => join(folder, name)))];
}

function subfolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()).map((entry) => entry.name);
  } catch {
    return [];
  }
}
