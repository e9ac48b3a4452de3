import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { type Gap } from "./gap";

export const S3_GAPS: readonly Gap[] = [
  [
    "iam_conditions",
    async ({ s3 }) => {
      const Bucket = "gap-conditions";
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" } }),
      );
      const Statement = {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      return !!(await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" })));
    },
  ],
  [
    "s3: deleting a delete marker",
    async ({ s3 }) => {
      const Bucket = "gap-markers";
      await s3.send(
        new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "ap-northeast-1" } }),
      );
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
      await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "a" }));
      const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
      // Terraform suspends versioning before it empties and deletes the bucket.
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
      return !!(await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId })));
    },
  ],
];
