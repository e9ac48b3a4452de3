import { copyFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { runInTerminal } from "../programs/run-in-terminal";
import { onPath } from "../programs/search-path";

/** Where SBOMs are kept unless somebody says otherwise; Git ignores it. */
export const SBOM_FOLDER = "dist/sbom";

/** A pushed image. */
export interface PushedImage {
  /** With its digest: `…/messenger-crm@sha256:…`. */
  readonly reference: string;
  /** SBOM that the build has written, SPDX in JSON. @default syft writes one */
  readonly sbom?: string | undefined;
}

export interface AttestOptions {
  /** With the PATH to find the programs on, and the credentials of the registry as Docker's configuration. */
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  /** Where SBOMs are kept, one file for each digest. */
  readonly folder: string;
  /** Whether to sign. cosign signs with an identity, a pipeline's or a person's, which its public log keeps for good. */
  readonly sign: boolean;
}

/** Whether syft can write the SBOM. */
export function hasSyft(env: NodeJS.ProcessEnv): boolean {
  return onPath("syft", env).length > 0;
}

/**
 * Writes a list of what is in an image (SBOM), signs the image, and attaches the list to it, signed. Says which program is missing for
 * what it leaves out: an image without either is deployed all the same.
 */
export async function attest(image: PushedImage, options: AttestOptions): Promise<void> {
  const sbom = await keepSbom(image, options);
  if (options.sign) await sign(image.reference, sbom, options);
}

/** @returns the file, `undefined` when nothing can write it */
async function keepSbom(
  { reference, sbom }: PushedImage,
  { env, print, folder }: AttestOptions,
): Promise<string | undefined> {
  if (sbom === undefined && !hasSyft(env)) {
    print("no SBOM: syft not found on PATH. Get it from https://github.com/anchore/syft.");
    return undefined;
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(reference).replace(/[@:]/g, "-")}.spdx.json`);
  if (sbom === undefined)
    await runInTerminal("syft", ["scan", `registry:${reference}`, "--output", `spdx-json=${file}`], { env });
  else copyFileSync(sbom, file);
  print(`SBOM: ${file}`);
  return file;
}

async function sign(reference: string, sbom: string | undefined, { env, print }: AttestOptions): Promise<void> {
  if (onPath("cosign", env).length === 0) {
    print("not signed: cosign not found on PATH. Get it from https://docs.sigstore.dev/cosign.");
    return;
  }
  await runInTerminal("cosign", ["sign", "--yes", reference], { env });
  if (sbom !== undefined) {
    const predicate = ["--type", "spdxjson", "--predicate", sbom];
    await runInTerminal("cosign", ["attest", "--yes", ...predicate, reference], { env });
  }
  print(`signed${sbom === undefined ? "" : ", with its SBOM"}: ${reference}`);
}
