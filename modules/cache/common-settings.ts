/** What a replication group and a serverless cache are both made with. */
export interface CommonSettings {
  /** Name in AWS, a literal. */
  readonly identifier: string;
  readonly description: string;
  readonly securityGroupId: string;
  readonly userGroupId: string | undefined;
}
