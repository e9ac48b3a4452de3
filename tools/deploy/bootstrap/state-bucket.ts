import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { DeployError } from "../errors";
import { mergedRules, missingRules, wantedRules } from "./bucket-lifecycle";
import { refusesPlainHttp, withTlsOnly } from "./bucket-policy";
import { type Change, type Finding } from "./finding";

/** A bucket that keeps Terraform's states. */
export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Stacks with their state in it. */
  readonly stacks: readonly string[];
  /** Those among them whose backend takes no lock. */
  readonly withoutLock: readonly string[];
  /** Customer managed key; S3's own without. */
  readonly kmsKeyArn: string | undefined;
}

const PUBLIC_ACCESS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;
const DEFAULT_REGION = "us-east-1";

interface Setting {
  readonly name: string;
  /** Returns how the bucket differs; `undefined` when it fits. */
  readonly differs: (s3: S3Client, wanted: StateBucket) => Promise<Change | undefined>;
}

/** In the order in which they protect a new bucket. */
const SETTINGS: readonly Setting[] = [
  { name: "no public access", differs: publicAccess },
  { name: "encryption", differs: encryption },
  { name: "versioning", differs: versioning },
  { name: "TLS only", differs: tlsOnly },
  { name: "lifecycle", differs: lifecycle },
];

/** Compares a state bucket with what it has to be. @throws DeployError when it is not ours, or in another region */
export async function inspectBucket(s3: S3Client, wanted: StateBucket): Promise<Finding> {
  const subject = `state bucket ${wanted.bucket}`;
  const problems = wanted.withoutLock.map(
    (stack) => `${stack}: expected use_lockfile in its backend, found none: two applies at once would ruin the state.`,
  );
  if (!(await exists(s3, wanted))) {
    const settings: Change[] = SETTINGS.map(({ name, differs }) => ({
      what: name,
      make: async () => (await differs(s3, wanted))?.make(),
    }));
    return { subject, fits: [], changes: [creation(s3, wanted), ...settings], problems };
  }
  const fits: string[] = [];
  const changes: Change[] = [];
  for (const { name, differs } of SETTINGS) {
    const change = await differs(s3, wanted);
    if (change === undefined) fits.push(name);
    else changes.push(change);
  }
  return { subject, fits, changes, problems };
}

async function exists(s3: S3Client, { bucket, region, accountId }: StateBucket): Promise<boolean> {
  try {
    const head = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: accountId });
    const { BucketRegion: actual = region } = await s3.send(head);
    if (actual === region) return true;
    throw wrongRegion(bucket, region, actual);
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status === 404) return false;
    if (status === 301) throw wrongRegion(bucket, region, "another one");
    if (status !== 403) throw error;
    throw new DeployError(
      `state bucket ${bucket}: expected it to belong to account ${accountId} and to be readable, got 403: it is another account's, since all accounts share their names, or these credentials may not read it. Choose another name in state.bucket, or ask for s3:ListBucket.`,
      { cause: error },
    );
  }
}

function wrongRegion(bucket: string, expected: string, got: string): DeployError {
  return new DeployError(
    `state bucket ${bucket}: expected it in ${expected}, the region of its stacks, got ${got}. Choose another name in state.bucket.`,
  );
}

function creation(s3: S3Client, { bucket, region }: StateBucket): Change {
  const LocationConstraint = region as BucketLocationConstraint;
  const place = region === DEFAULT_REGION ? {} : { CreateBucketConfiguration: { LocationConstraint } };
  const create = { Bucket: bucket, ObjectOwnership: "BucketOwnerEnforced", ...place } as const;
  return { what: `create it in ${region}`, make: () => s3.send(new CreateBucketCommand(create)) };
}

async function publicAccess(s3: S3Client, { bucket: Bucket }: StateBucket): Promise<Change | undefined> {
  const found = await unless("NoSuchPublicAccessBlockConfiguration", () =>
    s3.send(new GetPublicAccessBlockCommand({ Bucket })),
  );
  const missing = PUBLIC_ACCESS.filter((name) => found?.PublicAccessBlockConfiguration?.[name] !== true);
  if (missing.length === 0) return undefined;
  const PublicAccessBlockConfiguration = Object.fromEntries(PUBLIC_ACCESS.map((name) => [name, true]));
  return {
    what: `block public access: ${missing.join(", ")}`,
    make: () => s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
  };
}

async function encryption(s3: S3Client, { bucket: Bucket, kmsKeyArn }: StateBucket): Promise<Change | undefined> {
  const found = await unless("ServerSideEncryptionConfigurationNotFoundError", () =>
    s3.send(new GetBucketEncryptionCommand({ Bucket })),
  );
  const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const isKey = rule?.KMSMasterKeyID === kmsKeyArn && rule?.SSEAlgorithm === "aws:kms";
  // Whoever chose a key for the bucket keeps it.
  if (kmsKeyArn === undefined ? rule?.SSEAlgorithm !== undefined : isKey) return undefined;
  const wanted =
    kmsKeyArn === undefined
      ? ({ SSEAlgorithm: "AES256" } as const)
      : ({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKeyArn } as const);
  const Rules = [{ ApplyServerSideEncryptionByDefault: wanted, BucketKeyEnabled: kmsKeyArn !== undefined }];
  return {
    what: `encryption: ${rule?.SSEAlgorithm ?? "none"} -> ${kmsKeyArn ?? "AES256"}`,
    make: () => s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } })),
  };
}

async function versioning(s3: S3Client, { bucket: Bucket }: StateBucket): Promise<Change | undefined> {
  const { Status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
  if (Status === "Enabled") return undefined;
  return {
    what: `versioning: ${Status?.toLowerCase() ?? "off"} -> on. Until then no earlier state can be restored`,
    make: () => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } })),
  };
}

async function tlsOnly(s3: S3Client, { bucket: Bucket, partition }: StateBucket): Promise<Change | undefined> {
  const found = await unless("NoSuchBucketPolicy", () => s3.send(new GetBucketPolicyCommand({ Bucket })));
  if (refusesPlainHttp(found?.Policy)) return undefined;
  const Policy = withTlsOnly(found?.Policy, `arn:${partition}:s3:::${Bucket}`);
  return {
    what: "policy: refuse requests without TLS",
    make: () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy })),
  };
}

async function lifecycle(s3: S3Client, { bucket: Bucket, stacks }: StateBucket): Promise<Change | undefined> {
  const found = await unless("NoSuchLifecycleConfiguration", () =>
    s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  );
  const existing = found?.Rules ?? [];
  const wanted = wantedRules(stacks);
  const missing = missingRules(existing, wanted);
  if (missing.length === 0) return undefined;
  const LifecycleConfiguration = { Rules: mergedRules(existing, wanted) };
  return {
    what: `lifecycle: ${missing.map(({ ID }) => ID).join(", ")}`,
    make: () => s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration })),
  };
}

/** Returns `undefined` for the error that says that the bucket does not have this setting. */
async function unless<T>(name: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
