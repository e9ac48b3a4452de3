import { type RetentionDays } from "aws-cdk-lib/aws-logs";

/** Settings of one deployment, the same as in our own environments. */
export interface Environment {
  readonly name: string;
  readonly production: boolean;
  readonly account: string;
  readonly region: string;
  readonly availabilityZones: string[];
  readonly cidrBlock: string;
  readonly natGateways: number;
  readonly instanceClass: string;
  readonly allocatedStorageGiB: number;
  readonly maxAllocatedStorageGiB: number;
  readonly backupRetentionDays: number;
  readonly cacheNodeType: string;
  readonly cacheReplicas: number;
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minCount: number;
  readonly maxCount: number;
  readonly logRetentionDays: RetentionDays;
  readonly emails: readonly string[];
  readonly domainName?: string;
  readonly certificateArn?: string;
}
