import { output } from "../programs/output";

/** The parts of an image's configuration that its users rely on, as Docker names them. */
export interface ImageConfiguration {
  readonly User: string;
  readonly Env: readonly string[];
  readonly Cmd: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly WorkingDir: string;
  readonly Volumes: Readonly<Record<string, object>>;
  readonly ExposedPorts: Readonly<Record<string, object>>;
}

export interface ImageFacts {
  readonly configuration: ImageConfiguration;
  /** Arguments of the health check, `CMD` first. Docker's format has it, OCI's does not. */
  readonly healthCheck: readonly string[];
  /** Bytes, uncompressed. */
  readonly size: number;
}

interface Inspected {
  readonly Config: ImageConfiguration;
  readonly HealthCheck?: { readonly Test: readonly string[] };
  readonly Healthcheck?: { readonly Test: readonly string[] };
  readonly Size: number;
}

export async function imageFacts(image: string): Promise<ImageFacts> {
  const [inspected] = JSON.parse(await output("podman", ["image", "inspect", image])) as [Inspected];
  return {
    configuration: inspected.Config,
    healthCheck: (inspected.HealthCheck ?? inspected.Healthcheck)?.Test ?? [],
    size: inspected.Size,
  };
}

export interface ImageFile {
  /** Path from the root, without a leading slash. */
  readonly path: string;
  readonly bytes: number;
  /** Permissions as `ls` writes them. */
  readonly mode: string;
  /** `uid:gid` */
  readonly owner: string;
}

/** Lists every file, folder and link of an image. */
export async function imageFiles(image: string): Promise<ImageFile[]> {
  const root = (await output("podman", ["image", "mount", image])).trim();
  try {
    const format = "%P\\t%s\\t%M\\t%U:%G\\n";
    const listed = await output("find", [root, "-mindepth", "1", "-printf", format]);
    return listed.split("\n").map((line) => {
      const [path = "", bytes, mode = "", owner = ""] = line.split("\t");
      return { path, bytes: Number(bytes), mode, owner };
    });
  } finally {
    await output("podman", ["image", "unmount", image]);
  }
}

/** Lists the largest folders at a depth of at most `depth`, as `12.3 MB  app/node_modules`. */
export function largestParts(files: readonly ImageFile[], depth: number, count: number): string[] {
  const sums = new Map<string, number>();
  for (const { path, bytes, mode } of files) {
    if (mode.startsWith("-")) {
      const part = path.split("/").slice(0, depth).join("/");
      sums.set(part, (sums.get(part) ?? 0) + bytes);
    }
  }
  return [...sums]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([part, bytes]) => `${megabytes(bytes).padStart(9)}  ${part}`);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
