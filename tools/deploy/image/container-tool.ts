import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CommandResult, run } from "../../programs/child-process";
import { DeployError } from "../errors";
import { type Architecture } from "../target/target";
import { architectureOf, platformOf } from "./architecture";
import { type Builder } from "./builder";

const LINES_OF_A_FAILURE = 40;

export interface BuildOptions {
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Name and tag of the image. */
  readonly name: string;
  readonly architecture: Architecture;
  /** File to write an SBOM to, where the program can (`writesSbom`). @default none */
  readonly sbom?: string | undefined;
}

/**
 * What makes podman and buildah scan the built file system in a container of their own. The build context is left out: it holds what does not
 * get into the image. Source: buildah-build(1) and podman-build(1), `--sbom` and the options that it stands for.
 */
const SBOM_SCANNER = [
  "--sbom-scanner-image=ghcr.io/anchore/syft",
  "--sbom-scanner-command=/syft scan -q dir:{ROOTFS} --output spdx-json={OUTPUT}",
  "--sbom-merge-strategy=merge-spdx-by-package-name-and-versioninfo",
] as const;

/** Builds, inspects and pushes images with docker, podman or buildah. */
export class ContainerTool {
  /** @param print receives each line of a build or push */
  constructor(
    private readonly builder: Builder,
    private readonly print: (line: string) => void,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Whether a build can write an SBOM: buildah since 1.35, podman since 5.0. Docker's would be part of an index, see `build`. */
  async writesSbom(): Promise<boolean> {
    if (this.builder.kind === "docker") return false;
    const { stdout } = await run(this.builder.path, ["build", "--help"], { env: this.env });
    return stdout.includes("--sbom-scanner-command");
  }

  /** @throws DeployError with the end of the output */
  async build({ context, name, architecture, sbom }: BuildOptions): Promise<void> {
    const platform = ["--platform", platformOf(architecture), "--tag", name, context];
    // Docker's attestations would turn the image into an index, whose digest is not that of the image.
    const plain = this.builder.kind === "docker" ? ["--provenance=false"] : [];
    const scan = sbom === undefined ? [] : [...SBOM_SCANNER, `--sbom-output=${sbom}`];
    await this.must("build", ["build", ...plain, ...scan, ...platform]);
  }

  /** Returns the architecture of a local image in ECS's words. */
  async architecture(name: string): Promise<string> {
    const [format, command] =
      this.builder.kind === "buildah"
        ? ["{{.OCIv1.Architecture}}", ["inspect", "--type", "image"]]
        : ["{{.Architecture}}", ["image", "inspect"]];
    const { stdout } = await this.must("inspect", [...command, "--format", format, name]);
    return architectureOf(stdout.trim());
  }

  async tag(existing: string, name: string): Promise<void> {
    await this.must("tag", ["tag", existing, name]);
  }

  /** Signs in. The password goes to standard input, so that no process list shows it. */
  async login(registry: string, user: string, password: string): Promise<void> {
    await this.must("sign in", ["login", "--username", user, "--password-stdin", registry], password);
  }

  /** Pushes an image and returns the digest that the registry has it under. */
  async push(name: string): Promise<string> {
    if (this.builder.kind === "docker") return this.pushWithDocker(name);
    const folder = mkdtempSync(join(tmpdir(), "image-digest-"));
    try {
      const file = join(folder, "digest");
      await this.must("push", ["push", "--digestfile", file, name]);
      return readFileSync(file, "utf8").trim();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async pushWithDocker(name: string): Promise<string> {
    const { stdout } = await this.must("push", ["push", name]);
    const digest = /digest: (sha256:[0-9a-f]{64})/.exec(stdout)?.[1];
    if (digest !== undefined) return digest;
    throw new DeployError(`push: expected docker to print the digest of ${name}, got:\n${end(stdout)}`);
  }

  private async must(what: string, args: readonly string[], input?: string): Promise<CommandResult> {
    const { kind, path } = this.builder;
    const result = await run(path, args, {
      env: this.env,
      onLine: this.print,
      ...(input === undefined ? {} : { input }),
    });
    if (result.code === 0) return result;
    const printed = end(`${result.stdout}\n${result.stderr}`);
    throw new DeployError(`${what}: expected ${kind} to succeed, got exit code ${result.code}.\n${printed}`);
  }
}

function end(text: string): string {
  return text.trim().split("\n").slice(-LINES_OF_A_FAILURE).join("\n");
}
