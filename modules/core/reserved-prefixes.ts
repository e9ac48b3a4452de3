/** The beginning of a physical name that AWS keeps for itself. */
export interface ReservedPrefix {
  readonly prefix: string;
  /** What cannot have such a name, in the plural. */
  readonly of: string;
}

/** Source: EC2 API reference, CreateSecurityGroup.GroupName. */
export const SECURITY_GROUP_PREFIXES: readonly ReservedPrefix[] = [{ prefix: "sg-", of: "security groups" }];

/** Source: S3 user guide, "General purpose bucket naming rules". */
export const BUCKET_PREFIXES: readonly ReservedPrefix[] = [
  { prefix: "sthree-", of: "buckets" },
  { prefix: "amzn-s3-demo-", of: "buckets" },
];
