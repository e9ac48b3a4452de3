import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath } from "../../programs/search-path";
import { CiError } from "../errors";
import { type ImageTarget } from "./image-target";
import { type RegistryLogin } from "./registry";

/** Docker for building; syft and cosign, where they are installed, for the SBOM and the signatures. */
export class ContainerTools {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly print: (line: string) => void,
  ) {}

  /** Signs in for all of them: syft and cosign read Docker's configuration. The password goes through standard input. */
  async login({ user, password, registry }: RegistryLogin): Promise<void> {
    await this.run("docker", ["login", "--username", user, "--password-stdin", registry], password);
  }

  /** Builds a folder and pushes it without a tag. @returns its digest */
  async buildAndPush(folder: string, { repositoryUrl, platform }: ImageTarget): Promise<string> {
    const temporary = mkdtempSync(join(tmpdir(), "image-"));
    const metadata = join(temporary, "metadata.json");
    try {
      const output = `type=image,name=${repositoryUrl},push-by-digest=true,push=true`;
      const args = ["--platform", platform, "--provenance=false", "--output", output, "--metadata-file", metadata];
      await this.run("docker", ["buildx", "build", ...args, folder]);
      const { "containerimage.digest": digest } = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, string>;
      if (/^sha256:[0-9a-f]{64}$/.test(digest ?? "")) return digest!;
      throw new CiError(`docker buildx build: expected a digest in its metadata, got ${digest ?? "none"}.`);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }

  /** Signs an image, and a list of what is in it, with the pipeline's own identity. Says so when the programs are missing. */
  async attest(reference: string): Promise<void> {
    const missing = ["syft", "cosign"].filter((program) => onPath(program, this.env).length === 0);
    if (missing.length > 0) {
      this.print(`not signed, and no SBOM: ${missing.join(" and ")} not found on PATH`);
      return;
    }
    const temporary = mkdtempSync(join(tmpdir(), "sbom-"));
    const sbom = join(temporary, "sbom.spdx.json");
    try {
      await this.run("syft", ["scan", `registry:${reference}`, "--output", `spdx-json=${sbom}`]);
      await this.run("cosign", ["sign", "--yes", reference]);
      await this.run("cosign", ["attest", "--yes", "--type", "spdxjson", "--predicate", sbom, reference]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
    this.print(`signed, with an SBOM: ${reference}`);
  }

  private run(program: string, args: readonly string[], input = ""): Promise<void> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { env: this.env, stdio: ["pipe", "inherit", "inherit"] });
      child.once("error", () =>
        reject(new CiError(`${program}: expected it on PATH, found none. Install it on the runner.`)),
      );
      child.once("close", (code) => {
        if (code === 0) resolve();
        else
          reject(
            new CiError(
              `${program} ${args.slice(0, 2).join(" ")}: failed with exit code ${code ?? "none"}; its own messages are above.`,
            ),
          );
      });
      child.stdin.on("error", () => undefined);
      child.stdin.end(input);
    });
  }
}
