import { describeMissing } from "../../programs/finding";
import { isExecutable, onPath } from "../../programs/search-path";
import { basename } from "node:path";
import { DeployError } from "../errors";

/** A program that builds and pushes images. */
export interface Builder {
  readonly kind: "docker" | "podman" | "buildah";
  readonly path: string;
}

/** In the order of preference. */
const KINDS = ["docker", "podman", "buildah"] as const;

/** Finds docker, podman or buildah: IMAGE_BUILDER when set, else the first on PATH. @throws DeployError when there is none */
export function findBuilder(env: NodeJS.ProcessEnv): Builder {
  const override = env["IMAGE_BUILDER"];
  const candidates = override ? [override] : KINDS.flatMap((kind) => onPath(kind, env).slice(0, 1));
  const path = candidates.find(isExecutable);
  const kind = KINDS.find((known) => path !== undefined && basename(path) === known);
  if (path !== undefined && kind !== undefined) return { kind, path };
  const looked = override ? [`IMAGE_BUILDER=${override} is none of them`] : KINDS.map((each) => `PATH has no ${each}`);
  const remedy = "install one of them, or set IMAGE_BUILDER to its path";
  throw new DeployError(describeMissing([{ what: KINDS.join(", ").replace(/, (\w+)$/, " or $1"), looked, remedy }]));
}
