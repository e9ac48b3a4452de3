import { readFileSync } from "node:fs";
import { join } from "node:path";
import { STACK_FILE } from "../../terraform/stacks";
import { CiError } from "../errors";

/** Where the files of one plan are kept between the job that plans and the job that applies. */
export interface PlanLocation {
  readonly bucket: string;
  /** Without a slash at either end. */
  readonly prefix: string;
  /** The bucket's region; undefined takes that of the AWS settings. */
  readonly region: string | undefined;
}

interface StackJson {
  readonly terraform?: {
    readonly backend?: {
      readonly s3?: { readonly bucket?: string; readonly key?: string; readonly region?: string };
    };
  };
}

/** An id may become part of an object's key and of a command line. */
const ID = /^[\w.-]{1,100}$/;

/**
 * Returns where a plan is kept: beside the stack's state, which holds the same secrets and has the same readers, or below `store`.
 * @param store `s3://bucket/prefix`, for a stack whose state is not in S3
 * @throws CiError when the stack has no S3 backend and there is no store, or when the id is no name
 */
export function locationOf(folder: string, id: string, store: string | undefined): PlanLocation {
  if (!ID.test(id)) throw new CiError(`--id: expected letters, digits, dots and dashes, got "${id}".`);
  if (store !== undefined) {
    const [, bucket, prefix = ""] = /^s3:\/\/([a-z0-9.-]+)(?:\/(.*?))?\/?$/.exec(store) ?? [];
    if (bucket === undefined) throw new CiError(`--store: expected s3://bucket or s3://bucket/prefix, got ${store}.`);
    return { bucket, prefix: [prefix, id].filter((part) => part !== "").join("/"), region: undefined };
  }
  const { terraform } = JSON.parse(readFileSync(join(folder, STACK_FILE), "utf8")) as StackJson;
  const { bucket, key, region } = terraform?.backend?.s3 ?? {};
  if (bucket === undefined || key === undefined) {
    throw new CiError(
      `${folder}: expected a state in S3, whose bucket also keeps the plan, found none. Pass --store s3://bucket/prefix.`,
    );
  }
  return { bucket, prefix: `${key.split("/").slice(0, -1).join("/")}/plans/${id}`.replace(/^\//, ""), region };
}

export function describeLocation({ bucket, prefix }: PlanLocation): string {
  return `s3://${bucket}/${prefix}`;
}
