import { type ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { ContainerTool } from "../image/container-tool";
import { type Builder } from "../image/builder";

export interface ImageOptions {
  readonly builder: Builder;
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Tag beside the digest; the registry refuses one that exists. */
  readonly tag: string;
  /** A local image to push instead of building one. */
  readonly existing?: string | undefined;
}

/**
 * Builds the image for the architecture of the environment's tasks and pushes it.
 * @returns its digest
 * @throws DeployError when it is for another architecture, or cannot be built or pushed
 */
export async function image({ target, aws, print }: Context, options: ImageOptions): Promise<string> {
  const { builder, context, tag, existing } = options;
  const tool = new ContainerTool(builder, (line) => print(`  ${line}`));
  const name = `${target.repositoryUrl}:${tag}`;
  if (existing === undefined) {
    print(`Build ${name} for ${target.architecture} with ${builder.kind}`);
    await tool.build({ context, name, architecture: target.architecture });
  } else {
    await tool.tag(existing, name);
  }
  const architecture = await tool.architecture(name);
  if (architecture !== target.architecture) {
    throw new DeployError(
      `image: expected ${existing ?? name} to be for ${target.architecture}, the architecture of ${target.stack}'s tasks, got ${architecture}. Build it with --platform, or leave out --existing.`,
    );
  }
  await signIn(tool, aws.ecr, target.repositoryUrl.split("/")[0]!);
  print(`Push ${name}`);
  const digest = await tool.push(name);
  print(`Pushed: ${target.repositoryUrl}@${digest}`);
  return digest;
}

async function signIn(tool: ContainerTool, ecr: ECRClient, registry: string): Promise<void> {
  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const token = Buffer.from(authorizationData[0]?.authorizationToken ?? "", "base64").toString("utf8");
  const [user = "", password = ""] = token.split(/:(.*)/s);
  await tool.login(registry, user, password);
}
