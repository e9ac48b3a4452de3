import { DeleteObjectsCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CiError } from "../errors";
import { describeLocation, type PlanLocation } from "./location";

/** Files in a folder of an S3 bucket, encrypted as the bucket encrypts by default: with its key, or with S3's. */
export class BucketFolder {
  private readonly client: S3Client;

  constructor(
    private readonly location: PlanLocation,
    env: NodeJS.ProcessEnv,
  ) {
    // An endpoint of one's own, such as a simulator's, has no name for each bucket.
    const isCustom = (env["AWS_ENDPOINT_URL_S3"] ?? env["AWS_ENDPOINT_URL"] ?? "") !== "";
    this.client = new S3Client({ region: location.region, forcePathStyle: isCustom });
  }

  async write(name: string, content: Buffer): Promise<void> {
    const command = new PutObjectCommand({ ...this.object(name), Body: content });
    await this.client.send(command).catch((error: unknown) => this.refuse("write", name, error));
  }

  /** Returns undefined when there is no such file. */
  async read(name: string): Promise<Buffer | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.object(name)));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      return this.refuse("read", name, error);
    }
  }

  async remove(names: readonly string[]): Promise<void> {
    const { bucket } = this.location;
    const Objects = names.map((name) => ({ Key: this.object(name).Key }));
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
    await this.client.send(command).catch((error: unknown) => this.refuse("delete", names.join(" and "), error));
  }

  private object(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.location.bucket, Key: `${this.location.prefix}/${name}` };
  }

  private refuse(what: string, name: string, error: unknown): never {
    const { message } = error as Error;
    throw new CiError(
      `${describeLocation(this.location)}: could not ${what} ${name}: ${message}. The role of this job needs access to this folder; see docs/ci.md.`,
    );
  }
}
