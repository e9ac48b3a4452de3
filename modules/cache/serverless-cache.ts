import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Fn, Token } from "cdktf";
import { type Construct } from "constructs";
import { isUnresolved } from "../core/tokens";
import { type CompleteServerlessProps } from "./props";
import { DEFAULT_SERVERLESS_VERSION } from "./engine-versions";
import { type CommonSettings } from "./common-settings";

/** A cache that AWS sizes, with a ceiling on what it may cost. TLS and encryption at rest are always on there. */
export function createServerlessCache(
  scope: Construct,
  props: CompleteServerlessProps,
  parts: CommonSettings,
): ElasticacheServerlessCache {
  return new ElasticacheServerlessCache(scope, "serverless-cache", {
    name: parts.identifier,
    description: parts.description,
    engine: props.engine,
    majorEngineVersion: props.engineVersion ?? DEFAULT_SERVERLESS_VERSION[props.engine],
    cacheUsageLimits: [
      {
        dataStorage: [{ maximum: props.maxStorageGiB, unit: "GB" }],
        ecpuPerSecond: [{ maximum: props.maxEcpuPerSec }],
      },
    ],
    subnetIds: [...props.network.isolatedSubnetIds],
    securityGroupIds: [parts.securityGroupId],
    kmsKeyId: props.kmsKeyArn,
    userGroupId: parts.userGroupId,
    snapshotRetentionLimit: props.snapshotRetentionDays,
    dailySnapshotTime: beginningOf(props.snapshotWindow),
    tags: { Name: parts.identifier },
  });
}

/** `17:00` of `17:00-18:00`, worked out by Terraform when only it knows the window. */
function beginningOf(window: string): string {
  return isUnresolved(window) ? Token.asString(Fn.element(Fn.split("-", window), 0)) : window.slice(0, 5);
}
