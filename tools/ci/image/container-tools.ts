import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInTerminal } from "../../programs/run-in-terminal";
import { attest, SBOM_FOLDER } from "../../supply-chain/attest";
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
    const login = ["login", "--username", user, "--password-stdin", registry];
    await runInTerminal("docker", login, { env: this.env, input: password });
  }

  /** Builds a folder and pushes it without a tag. @returns its digest */
  async buildAndPush(folder: string, { repositoryUrl, platform }: ImageTarget): Promise<string> {
    const temporary = mkdtempSync(join(tmpdir(), "image-"));
    const metadata = join(temporary, "metadata.json");
    try {
      const output = `type=image,name=${repositoryUrl},push-by-digest=true,push=true`;
      const args = ["--platform", platform, "--provenance=false", "--output", output, "--metadata-file", metadata];
      await runInTerminal("docker", ["buildx", "build", ...args, folder], { env: this.env });
      const { "containerimage.digest": digest } = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, string>;
      if (/^sha256:[0-9a-f]{64}$/.test(digest ?? "")) return digest!;
      throw new CiError(`docker buildx build: expected a digest in its metadata, got ${digest ?? "none"}.`);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }

  /** Writes the image's SBOM and signs both with the pipeline's own identity. */
  async attest(reference: string): Promise<void> {
    const { env, print } = this;
    await attest({ reference }, { env, print, folder: SBOM_FOLDER, sign: true });
  }
}
