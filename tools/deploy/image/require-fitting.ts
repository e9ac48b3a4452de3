import { contract } from "../../../app/contract";
import { isAnswer } from "../../aws/errors";
import { type Context } from "../context";
import { DeployError } from "../errors";
import { readRegistryImage, type RegistryImage } from "./registry-image";

const { contractLabel, contractVersion } = contract.container.image;

/**
 * Refuses an image for another architecture before anything changes, and warns of one that was built for another contract. When the
 * registry does not say, the deployment goes on.
 * @throws DeployError
 */
export async function requireFitting(
  context: Pick<Context, "aws" | "target" | "print">,
  digest: string,
): Promise<void> {
  const { target, print } = context;
  const image = await readIfPossible(context, digest);
  if (image === undefined) return;
  if (!image.architectures.includes(target.architecture)) {
    throw new DeployError(
      `image: expected one for ${target.architecture}, the architecture of ${target.stack}'s tasks, got ${digest} for ${image.architectures.join(", ") || "none"}. Nothing was changed. Build it with \`make image\`.`,
    );
  }
  const version = image.labels[contractLabel];
  if (version !== undefined && version !== contractVersion) {
    print(`WARNING: the image was built for contract ${version}, the stack is of contract ${contractVersion}.`);
  }
}

async function readIfPossible(
  { aws, target, print }: Pick<Context, "aws" | "target" | "print">,
  digest: string,
): Promise<RegistryImage | undefined> {
  try {
    return await readRegistryImage(aws.ecr, target, digest);
  } catch (error) {
    if (!(error instanceof DeployError) && !(error instanceof Error && isAnswer(error))) throw error;
    print(`Its architecture was not checked: ${error.message}`);
    return undefined;
  }
}
