import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { attest, hasSyft } from "../../supply-chain/attest";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { ContainerTool } from "../image/container-tool";
import { type Builder } from "../image/builder";
import { ownCredentials } from "../image/own-credentials";
import { type Target } from "../target/target";

export interface ImageOptions {
  readonly builder: Builder;
  readonly env: NodeJS.ProcessEnv;
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Tag beside the digest; the registry refuses one that exists. */
  readonly tag: string;
  /** A local image to push instead of building one. */
  readonly existing?: string | undefined;
  /** Where the SBOM is kept. */
  readonly sbomFolder: string;
  /** Whether to sign the image and its SBOM with cosign. */
  readonly sign: boolean;
}

/**
 * Builds the image for the architecture of the environment's tasks, pushes it, and writes its SBOM.
 * @returns its digest
 * @throws DeployError when it is for another architecture, or cannot be built or pushed
 */
export async function image(context: Context, options: ImageOptions): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "image-"));
  try {
    return await buildAndPush(context, options, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function buildAndPush({ target, aws, print }: Context, options: ImageOptions, scratch: string): Promise<string> {
  const toolWith = (env: NodeJS.ProcessEnv) => new ContainerTool(options.builder, (line) => print(`  ${line}`), env);
  const name = `${target.repositoryUrl}:${options.tag}`;
  // With the person's own credentials, which a base image may need.
  const sbom = await make(toolWith(options.env), { name, target, print, scratch }, options);
  const env = ownCredentials(options.builder, options.env, scratch);
  const tool = toolWith(env);
  await signIn(tool, aws.ecr, target.repositoryUrl.split("/")[0]!);
  print(`Push ${name}`);
  const digest = await tool.push(name);
  const reference = `${target.repositoryUrl}@${digest}`;
  try {
    const { sbomFolder: folder, sign } = options;
    await attest({ reference, sbom }, { env, print, folder, sign });
    if (!sign) print("not signed: --sign signs it with cosign.");
  } finally {
    // Also when the SBOM fails: the tag is taken, so that the same image cannot be pushed once more.
    print(`Pushed: ${reference}`);
  }
  return digest;
}

interface ImageToMake {
  readonly name: string;
  readonly target: Target;
  readonly print: (line: string) => void;
  /** For files that nobody needs afterwards. */
  readonly scratch: string;
}

/** Builds the image, or gives the existing one its name. @returns the SBOM, if the builder has written one in syft's place */
async function make(
  tool: ContainerTool,
  { name, target, print, scratch }: ImageToMake,
  { builder, context, existing, env }: ImageOptions,
): Promise<string | undefined> {
  let sbom: string | undefined;
  if (existing === undefined) {
    if (!hasSyft(env) && (await tool.writesSbom())) sbom = join(scratch, "sbom.spdx.json");
    print(`Build ${name} for ${target.architecture} with ${builder.kind}`);
    await tool.build({ context, name, architecture: target.architecture, sbom });
  } else {
    await tool.tag(existing, name);
  }
  const architecture = await tool.architecture(name);
  if (architecture === target.architecture) return sbom;
  throw new DeployError(
    `image: expected ${existing ?? name} to be for ${target.architecture}, the architecture of ${target.stack}'s tasks, got ${architecture}. Build it with --platform, or leave out --existing.`,
  );
}

async function signIn(tool: ContainerTool, ecr: ECRClient, registry: string): Promise<void> {
  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? "", "base64").toString("utf8");
  const [user = "", password = ""] = token.split(/:(.*)/s);
  await tool.login(registry, user, password);
}
