import { DescribeImagesCommand, type ECRClient } from "@aws-sdk/client-ecr";
import { DeployError } from "../errors";
import { type Target } from "../target/target";

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const NOT_FOUND = ["ImageNotFoundException", "RepositoryNotFoundException"];

/**
 * Returns the digest of an image in the environment's repository.
 * @param given a digest, a tag, or either after the repository's URL
 * @throws DeployError when it is something else, or the repository does not have it
 */
export async function findImage(ecr: ECRClient, target: Target, given: string): Promise<string> {
  const { repositoryUrl, stack } = target;
  const name = given.startsWith(repositoryUrl) ? given.slice(repositoryUrl.length + 1) : given;
  if (!DIGEST.test(name) && !TAG.test(name)) {
    throw new DeployError(
      `image: expected a digest (sha256: and 64 hexadecimal digits) or a tag in ${repositoryUrl}, got ${given}.`,
    );
  }
  const [, registryId, repositoryName] = /^(\d+)\.[^/]+\/(.+)$/.exec(repositoryUrl) ?? [];
  const imageIds = [DIGEST.test(name) ? { imageDigest: name } : { imageTag: name }];
  const query = new DescribeImagesCommand({ ...(registryId ? { registryId } : {}), repositoryName, imageIds });
  const { imageDetails = [] } = await ecr.send(query).catch((error: unknown) => {
    if (error instanceof Error && NOT_FOUND.includes(error.name)) return { imageDetails: [] };
    throw error;
  });
  const digest = imageDetails[0]?.imageDigest;
  if (digest !== undefined) return digest;
  throw new DeployError(
    `${stack}: expected the image ${name} in ${repositoryUrl}, found none. Push it (\`make image\`), or list what is there: aws ecr describe-images --repository-name ${repositoryName}.`,
  );
}
