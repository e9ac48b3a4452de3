/** What the instance and the Aurora cluster are both made with. */
export interface CommonSettings {
  /** Name in AWS, a literal. */
  readonly identifier: string;
  readonly engineVersion: string;
  readonly port: number;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
  readonly logExports: readonly string[];
  readonly finalSnapshotIdentifier: string | undefined;
  readonly performanceInsights: PerformanceInsights;
  readonly monitoring: { readonly monitoringInterval: number; readonly monitoringRoleArn?: string };
}

export interface PerformanceInsights {
  readonly performanceInsightsEnabled: boolean;
  readonly performanceInsightsRetentionPeriod?: number;
  readonly performanceInsightsKmsKeyId?: string;
}
