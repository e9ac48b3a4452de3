import { other, set, text, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { BUCKET } from "./subjects";

export const s3Cases: readonly RuleCase[] = [
  ruleCase(
    "s3-encryption",
    BUCKET,
    without("aws_s3_bucket_server_side_encryption_configuration", "log-bucket/encryption", "bucket"),
    "aws_s3_bucket_server_side_encryption_configuration",
  ),
  ruleCase(
    "s3-lifecycle",
    BUCKET,
    without("aws_s3_bucket_lifecycle_configuration", "log-bucket/expiry", "bucket"),
    "aws_s3_bucket_lifecycle_configuration",
  ),
  ruleCase(
    "s3-no-acls",
    BUCKET,
    other("aws_s3_bucket_ownership_controls", "log-bucket/ownership", set("rule.object_ownership", "ObjectWriter")),
    "rule.object_ownership",
  ),
  ruleCase(
    "s3-public-access-block",
    BUCKET,
    without("aws_s3_bucket_public_access_block", "log-bucket/public-access-block", "bucket"),
    "aws_s3_bucket_public_access_block",
  ),
  ruleCase(
    "s3-public-access-block",
    BUCKET,
    other("aws_s3_bucket_public_access_block", "log-bucket/public-access-block", set("block_public_policy", false)),
    "block_public_policy",
  ),
  ruleCase(
    "s3-tls-only",
    BUCKET,
    other(
      "aws_s3_bucket_policy",
      "log-bucket/policy",
      text("policy", ({ Statement }) => void Statement.shift()),
    ),
    "aws_s3_bucket_policy",
  ),
  ruleCase(
    "s3-versioning",
    BUCKET,
    other("aws_s3_bucket_versioning", "log-bucket/versioning", set("versioning_configuration.status", "Suspended")),
    "versioning_configuration.status",
  ),
];
