/** Settings that a replication group and a serverless cache share. */
export interface CommonSettings {
  /** Identifier in AWS, a literal. */
  readonly identifier: string;
  readonly description: string;
  readonly securityGroupId: string;
  readonly userGroupId: string | undefined;
}
