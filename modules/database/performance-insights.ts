import { type CompleteDatabaseProps } from "./defaults";
import { ENGINE_TRAITS } from "./engine-traits";
import { supportsPerformanceInsights } from "./instance-classes";
import { type DatabaseInsightsMode } from "./props";

export interface PerformanceInsights {
  readonly performanceInsightsEnabled: boolean;
  readonly performanceInsightsRetentionPeriod?: number | undefined;
  readonly performanceInsightsKmsKeyId?: string | undefined;
}

/** Retention in days: 7 are free, and the advanced mode of Database Insights requires 465. */
const RETENTION_DAYS: Readonly<Record<DatabaseInsightsMode, number>> = { standard: 7, advanced: 465 };

/** Returns the settings of Performance Insights for an instance class; it is on where the class supports it, unless the props say no. */
export function performanceInsightsOf(props: CompleteDatabaseProps, instanceClass: string): PerformanceInsights {
  const supported = ENGINE_TRAITS[props.engine].isCluster || supportsPerformanceInsights(props.engine, instanceClass);
  if (!(props.performanceInsights ?? supported)) return { performanceInsightsEnabled: false };
  return {
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: RETENTION_DAYS[props.databaseInsights],
    ...(props.kmsKeyArn ? { performanceInsightsKmsKeyId: props.kmsKeyArn } : {}),
  };
}
