import * as kind from "../../../core/kinds";

/** What monitoring needs to know about an ElastiCache replication group or serverless cache, from this package or not. */
export type MonitoredCache =
  | {
      readonly kind: "nodes";
      /** Ids of the nodes, literals: `crm-cache-001`. */
      readonly nodeIds: readonly string[];
      /**
       * Log group of its slow log.
       * @default none: alarms do not name it
       */
      readonly slowLogGroupName?: string | undefined;
    }
  | {
      readonly kind: "serverless";
      readonly serverlessName: string;
    };

interface CacheFields {
  readonly kind: MonitoredCache["kind"];
  readonly nodeIds?: readonly string[] | undefined;
  readonly slowLogGroupName?: string | undefined;
  readonly serverlessName?: string | undefined;
}

export const CACHE = kind.looseObject<CacheFields>({
  kind: kind.string,
  nodeIds: kind.array(kind.string),
  slowLogGroupName: kind.string,
  serverlessName: kind.string,
});
