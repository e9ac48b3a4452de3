/**
 * Takes the place of docker: says that it has built for ARM64, and pushes an image without layers by ECR's own API, because the simulator
 * has no registry. Its configuration has what `make image` would have built: architecture and contract. Run by ./simulated-account.ts.
 */
import { createHash } from "node:crypto";
import {
  CompleteLayerUploadCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { contract } from "../../app/contract";

const ARCHITECTURE = "arm64";
const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const { contractLabel, contractVersion } = contract.container.image;

function digestOf(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** @param name with registry and tag */
async function push(name: string): Promise<string> {
  const [, repositoryName = "", imageTag = ""] = /^[^/]+\/(.+):([^:]+)$/.exec(name) ?? [];
  const ecr = new ECRClient({});
  // The name makes each image another one.
  const configuration = JSON.stringify({
    architecture: ARCHITECTURE,
    os: "linux",
    config: { Labels: { [contractLabel]: contractVersion, name } },
  });
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
  const part = { partFirstByte: 0, partLastByte: configuration.length - 1, layerPartBlob: Buffer.from(configuration) };
  await ecr.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
  const layerDigests = [digestOf(configuration)];
  await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  const config = { mediaType: "application/vnd.oci.image.config.v1+json", digest: layerDigests[0] };
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers: [] });
  const imageDigest = digestOf(imageManifest);
  await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageDigest, imageManifest }));
  return imageDigest;
}

async function main([command, name = ""]: readonly string[]): Promise<void> {
  if (command === "image") console.log(ARCHITECTURE);
  if (command === "push") console.log(`digest: ${await push(name)} size: 1`);
}

void main(process.argv.slice(2));
