import { BatchGetImageCommand, type ECRClient, GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import { DeployError } from "../errors";
import { type Target } from "../target/target";
import { architectureOf } from "./architecture";

/** An image as its registry describes it. */
export interface RegistryImage {
  readonly digest: string;
  /** Architectures that it is for, in ECS's words. */
  readonly architectures: readonly string[];
  /** Labels of the image for the tasks' architecture; none when there is no such image. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Source: OCI image specification, "Media types"; Docker's are older names of the same documents. */
const MEDIA_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

interface Manifest {
  readonly config?: { readonly digest?: string };
  /** Of an index: one image for each platform, and attestations of the platform `unknown`. */
  readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly architecture?: string } }[];
}

/** Source: OCI image specification, "Image Configuration". */
interface Configuration {
  readonly architecture?: string;
  readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null };
}

type Repository = Pick<Target, "repositoryUrl" | "architecture">;

/**
 * Reads an image's architectures and labels from ECR, without pulling it.
 * @param digest of an image or of an index of images
 * @throws DeployError when the registry has no such image, or it is none
 */
export async function readRegistryImage(ecr: ECRClient, target: Repository, digest: string): Promise<RegistryImage> {
  const reader = new ImageReader(ecr, target.repositoryUrl);
  const manifest = await reader.manifest(digest);
  if (manifest.manifests === undefined) {
    const { architecture = "", config } = await reader.configuration(digest, manifest);
    return { digest, architectures: [architectureOf(architecture)], labels: config?.Labels ?? {} };
  }
  const images = manifest.manifests.map((each) => ({
    digest: each.digest,
    architecture: architectureOf(each.platform?.architecture ?? "unknown"),
  }));
  const architectures = images.map(({ architecture }) => architecture).filter((name) => name !== "unknown");
  const own = images.find(({ architecture }) => architecture === target.architecture);
  if (own === undefined) return { digest, architectures, labels: {} };
  const { config } = await reader.configuration(own.digest, await reader.manifest(own.digest));
  return { digest, architectures, labels: config?.Labels ?? {} };
}

class ImageReader {
  private readonly repository: { readonly registryId?: string; readonly repositoryName: string };

  constructor(
    private readonly ecr: ECRClient,
    private readonly repositoryUrl: string,
  ) {
    const [, registryId, name = repositoryUrl] = /^(\d+)\.[^/]+\/(.+)$/.exec(repositoryUrl) ?? [];
    this.repository = { repositoryName: name, ...(registryId === undefined ? {} : { registryId }) };
  }

  async manifest(imageDigest: string): Promise<Manifest> {
    const query = { ...this.repository, imageIds: [{ imageDigest }], acceptedMediaTypes: MEDIA_TYPES };
    const { images = [], failures = [] } = await this.ecr.send(new BatchGetImageCommand(query));
    const text = images[0]?.imageManifest;
    if (text !== undefined) return JSON.parse(text) as Manifest;
    const reason = failures[0]?.failureReason ?? "no reason";
    throw new DeployError(
      `image: expected the manifest of ${this.repositoryUrl}@${imageDigest}, got none (${reason}).`,
    );
  }

  async configuration(imageDigest: string, { config }: Manifest): Promise<Configuration> {
    const name = `${this.repositoryUrl}@${imageDigest}`;
    const layerDigest = config?.digest;
    if (layerDigest === undefined) {
      throw new DeployError(
        `image: expected ${name} to be a container image, but its manifest names no configuration.`,
      );
    }
    const query = new GetDownloadUrlForLayerCommand({ ...this.repository, layerDigest });
    const { downloadUrl = "" } = await this.ecr.send(query);
    const answer = await fetch(downloadUrl).catch((error: Error) => error);
    if (answer instanceof Response && answer.ok) return (await answer.json()) as Configuration;
    const got = answer instanceof Response ? `status ${answer.status}` : answer.message;
    throw new DeployError(`image: expected to read the configuration of ${name}, got ${got}.`);
  }
}
