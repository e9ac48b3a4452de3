import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Fn, Token } from "cdktf";
import { type Construct } from "constructs";
import { isUnresolved } from "../core/tokens";
import { type CompleteServerlessProps } from "./defaults";
import { DEFAULT_SERVERLESS_VERSION } from "./engine-versions";
import { type CommonSettings } from "./common-settings";

/** Creates a serverless cache with upper limits on its cost. TLS and encryption at rest are always on there. */
export function createServerlessCache(
  scope: Construct,
  props: CompleteServerlessProps,
  settings: CommonSettings,
): ElasticacheServerlessCache {
  return new ElasticacheServerlessCache(scope, "serverless-cache", {
    name: settings.identifier,
    description: settings.description,
    engine: props.engine,
    majorEngineVersion: props.engineVersion ?? DEFAULT_SERVERLESS_VERSION[props.engine],
    cacheUsageLimits: [
      {
        dataStorage: [{ maximum: props.maxStorageGiB, unit: "GB" }],
        ecpuPerSecond: [{ maximum: props.maxEcpuPerSec }],
      },
    ],
    subnetIds: [...props.network.isolatedSubnetIds],
    securityGroupIds: [settings.securityGroupId],
    kmsKeyId: props.kmsKeyArn,
    userGroupId: settings.userGroupId,
    snapshotRetentionLimit: props.snapshotRetentionDays,
    dailySnapshotTime: startOf(props.snapshotWindow),
    tags: { Name: settings.identifier },
  });
}

/** Returns the start of a window, `17:00` of `17:00-18:00`; Terraform computes it when the window is known only at apply. */
function startOf(window: string): string {
  return isUnresolved(window) ? Token.asString(Fn.element(Fn.split("-", window), 0)) : window.slice(0, 5);
}
