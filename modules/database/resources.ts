import { type DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { type RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { type RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { type Construct } from "constructs";
import { createCluster, createClusterInstances } from "./aurora-cluster";
import { type CommonSettings } from "./common-settings";
import { auroraDefaults, type CompleteDatabaseProps, instanceDefaults } from "./defaults";
import { ENGINE_TRAITS } from "./engine-traits";
import { createInstance } from "./instance";
import { performanceInsightsOf } from "./performance-insights";
import { createReadReplicas } from "./read-replicas";
import { storageLimitGiB } from "./storage-limit";

/** The resources of a database: an RDS instance with its read replicas, or an Aurora cluster with its instances. */
export interface DatabaseResources {
  readonly instance?: DbInstance | undefined;
  readonly cluster?: RdsCluster | undefined;
  readonly clusterInstances: readonly RdsClusterInstance[];
  readonly readReplicas: readonly DbInstance[];
  /** Initial storage in GiB, for alarms; RDS only. */
  readonly allocatedStorageGiB?: number | undefined;
  /** Size up to which the storage grows, in GiB; RDS only. */
  readonly maxAllocatedStorageGiB?: number | undefined;
}

/** Attributes that an instance and a cluster have in common. */
export interface DatabaseAttributes {
  readonly host: string;
  readonly readerHost: string | undefined;
  readonly arn: string;
  readonly identifier: string;
  readonly resourceId: string;
  readonly masterUserSecretArn: string;
}

export function createResources(
  scope: Construct,
  props: CompleteDatabaseProps,
  settings: CommonSettings,
): DatabaseResources {
  return ENGINE_TRAITS[props.engine].isCluster
    ? createAuroraResources(scope, props, settings)
    : createRdsResources(scope, props, settings);
}

function createAuroraResources(
  scope: Construct,
  props: CompleteDatabaseProps,
  settings: CommonSettings,
): DatabaseResources {
  const complete = { ...auroraDefaults, ...props };
  const cluster = createCluster(scope, complete, settings);
  const clusterInstances = createClusterInstances(scope, complete, settings, cluster);
  return { cluster, clusterInstances, readReplicas: [] };
}

function createRdsResources(
  scope: Construct,
  props: CompleteDatabaseProps,
  settings: CommonSettings,
): DatabaseResources {
  const complete = { ...instanceDefaults, ...props };
  const instance = createInstance(scope, complete, settings);
  const instanceClass = complete.readReplicaClass ?? complete.instanceClass;
  const readReplicas = createReadReplicas(scope, complete, {
    ...settings,
    source: instance,
    instanceClass,
    performanceInsights: performanceInsightsOf(props, instanceClass),
  });
  return {
    instance,
    clusterInstances: [],
    readReplicas,
    allocatedStorageGiB: complete.allocatedStorageGiB,
    maxAllocatedStorageGiB: storageLimitGiB(complete),
  };
}

export function attributesOf({ instance, cluster }: DatabaseResources): DatabaseAttributes {
  if (cluster) {
    return {
      host: cluster.endpoint,
      readerHost: cluster.readerEndpoint,
      arn: cluster.arn,
      identifier: cluster.clusterIdentifier,
      resourceId: cluster.clusterResourceId,
      masterUserSecretArn: cluster.masterUserSecret.get(0).secretArn,
    };
  }
  return {
    host: instance!.address,
    readerHost: undefined,
    arn: instance!.arn,
    identifier: instance!.identifier,
    resourceId: instance!.resourceId,
    masterUserSecretArn: instance!.masterUserSecret.get(0).secretArn,
  };
}
