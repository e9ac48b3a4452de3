import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ImageNotFoundException,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import { CiError } from "../errors";
import { type ImageTarget } from "./image-target";

export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
  /** The host, without a scheme. */
  readonly registry: string;
}

/** The application's repository in ECR. */
export class RegistryImages {
  private readonly client: ECRClient;

  constructor(private readonly target: ImageTarget) {
    this.client = new ECRClient({ region: target.region });
  }

  /** Returns the digest of a tag, undefined when there is no such image. */
  async digestOf(tag: string): Promise<string | undefined> {
    try {
      const { imageDetails = [] } = await this.client.send(
        new DescribeImagesCommand({ ...this.repository(), imageIds: [{ imageTag: tag }] }),
      );
      return imageDetails[0]?.imageDigest;
    } catch (error) {
      if (error instanceof ImageNotFoundException) return undefined;
      throw this.refused("read", error);
    }
  }

  async login(): Promise<RegistryLogin> {
    const { authorizationData = [] } = await this.client
      .send(new GetAuthorizationTokenCommand({}))
      .catch((error: unknown) => Promise.reject(this.refused("sign in to", error)));
    const token = Buffer.from(authorizationData[0]?.authorizationToken ?? "", "base64").toString();
    const separator = token.indexOf(":");
    const registry = this.target.repositoryUrl.split("/")[0]!;
    return { user: token.slice(0, separator), password: token.slice(separator + 1), registry };
  }

  /** Gives an image that is there a tag. */
  async tag(digest: string, tag: string): Promise<void> {
    try {
      const { images = [] } = await this.client.send(
        new BatchGetImageCommand({ ...this.repository(), imageIds: [{ imageDigest: digest }] }),
      );
      const { imageManifest, imageManifestMediaType } = images[0] ?? {};
      if (imageManifest === undefined)
        throw new CiError(`${this.target.repositoryUrl}@${digest}: expected the pushed image, found none.`);
      await this.client.send(
        new PutImageCommand({
          ...this.repository(),
          imageManifest,
          imageManifestMediaType,
          imageDigest: digest,
          imageTag: tag,
        }),
      );
    } catch (error) {
      throw error instanceof CiError ? error : this.refused("tag an image in", error);
    }
  }

  private repository(): { readonly registryId: string; readonly repositoryName: string } {
    return { registryId: this.target.accountId, repositoryName: this.target.repositoryName };
  }

  private refused(what: string, error: unknown): CiError {
    return new CiError(
      `${this.target.repositoryUrl}: could not ${what} the repository: ${(error as Error).message}. See docs/ci.md for the role's rights.`,
    );
  }
}
