import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { Checks } from "../core/checks";
import { readProps } from "../core/props";
import { type CompleteLogBucketProps, logBucketDefaults } from "./defaults";
import { type LogBucketProps, PROPS } from "./props";
import { validateLogBucket } from "./validation/log-bucket";
import { writerStatements } from "./writers";

/**
 * Creates a bucket that AWS services deliver logs to. It is encrypted with SSE-S3, because load balancers cannot write to a bucket with
 * a customer managed key (source: ALB user guide, "Enable access logs").
 */
export class LogBucket extends Construct {
  /** Taken from the bucket policy, so that log delivery is set up only after the policy allows it. */
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly bucket: S3Bucket;

  private readonly props: CompleteLogBucketProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, logBucketDefaults);
    validateLogBucket(checks, this.props);

    this.bucket = this.createBucket();
    this.createEncryption();
    this.createExpiry(this.createVersioning());
    const policy = this.createPolicy(this.createAccessBlock());

    this.bucketName = policy.bucket;
    this.bucketArn = this.bucket.arn;
  }

  private createBucket(): S3Bucket {
    const { name, accountId, bucketName, forceDestroy } = this.props;
    return new S3Bucket(this, "bucket", {
      bucket: bucketName ?? physicalName([name, "logs", accountId], { maxLength: 63 }),
      forceDestroy,
      // Load balancers and distributions log to the bucket until they have been updated.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createEncryption(): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: this.bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
  }

  /** Versioning keeps the logs when someone with a writer's credentials overwrites them. */
  private createVersioning(): S3BucketVersioningA {
    return new S3BucketVersioningA(this, "versioning", {
      bucket: this.bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
  }

  private createExpiry(versioning: S3BucketVersioningA): void {
    new S3BucketLifecycleConfiguration(this, "expiry", {
      bucket: this.bucket.id,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          // S3 also removes the delete markers that this leaves behind, after the same number of days.
          expiration: [{ days: this.props.retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
      dependsOn: [versioning],
    });
  }

  private createAccessBlock(): S3BucketOwnershipControls {
    const block = new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket: this.bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    return new S3BucketOwnershipControls(this, "ownership", {
      bucket: this.bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
      dependsOn: [block],
    });
  }

  /** Created after the access block, because S3 rejects a policy while another change of the bucket's access is in progress. */
  private createPolicy(accessBlock: S3BucketOwnershipControls): S3BucketPolicy {
    const { accountId, prefixes, writers } = this.props;
    const bucketArn = this.bucket.arn;
    return new S3BucketPolicy(this, "policy", {
      bucket: this.bucket.id,
      policy: policyDocument([
        {
          Sid: "DenyInsecureTransport",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...writers.flatMap((writer) => writerStatements(writer, { bucketArn, accountId, prefixes })),
      ]),
      lifecycle: { createBeforeDestroy: true },
      dependsOn: [accessBlock],
    });
  }
}
