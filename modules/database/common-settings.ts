import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { atLeastTwoSubnets, lifecycleWithPreconditions } from "../core/apply-time";
import { physicalName } from "../core/names";
import { type RestrictedSecurityGroup } from "../core/restricted-security-group";
import { type CompleteDatabaseProps, instanceDefaults } from "./defaults";
import { ENGINE_TRAITS } from "./engine-traits";
import { DEFAULT_VERSIONS, majorVersionOf } from "./engine-versions";
import { createLogGroups } from "./log-groups";
import { createMonitoringRole } from "./monitoring-role";
import { createParameterGroup } from "./parameters/parameter-group";
import { type PerformanceInsights, performanceInsightsOf } from "./performance-insights";

/** Settings that an RDS instance and an Aurora cluster share. */
export interface CommonSettings {
  /** Identifier in AWS, a literal. */
  readonly identifier: string;
  readonly engineVersion: string;
  /** The major version of it. */
  readonly majorVersion: string;
  readonly port: number;
  readonly subnetGroupName: string;
  readonly securityGroupId: string;
  readonly parameterGroupName: string;
  readonly logExports: readonly string[];
  readonly logGroupNames: readonly string[];
  readonly finalSnapshotIdentifier: string | undefined;
  readonly performanceInsights: PerformanceInsights;
  readonly monitoring: { readonly monitoringInterval: number; readonly monitoringRoleArn?: string | undefined };
  /** What every instance depends on: the permission of Enhanced Monitoring to write. */
  readonly monitoringPermission: readonly ITerraformDependable[];
  /** What the first instance or the cluster depends on. RDS would create missing log groups itself, without a retention period. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Creates the log groups, the monitoring role, the subnet group and the parameter group, and collects what refers to them. */
export function createCommonSettings(
  scope: Construct,
  props: CompleteDatabaseProps,
  { group, port }: { readonly group: RestrictedSecurityGroup["group"]; readonly port: number },
): CommonSettings {
  const { engine } = props;
  const traits = ENGINE_TRAITS[engine];
  const identifier = props.identifier ?? physicalName([props.name, "db"], { maxLength: 63 });
  const logExports = props.logExports ?? traits.defaultLogs;
  const logGroups = createLogGroups(scope, props, { identifier, logExports, isCluster: traits.isCluster });
  const monitoring = createMonitoringRole(scope, props, group.arn);
  const monitoringPermission = monitoring ? [monitoring.attachment] : [];
  const engineVersion = props.engineVersion ?? DEFAULT_VERSIONS[engine];
  const { major, family } = majorVersionOf(engine, engineVersion)!;
  return {
    identifier,
    engineVersion,
    majorVersion: major,
    port,
    subnetGroupName: createSubnetGroup(scope, props).name,
    securityGroupId: group.id,
    parameterGroupName: createParameterGroup(scope, {
      name: props.name,
      family,
      traits,
      logExports,
      parameters: { ...props.parameters, ...props.uncheckedParameters },
    }),
    logExports,
    logGroupNames: logGroups.map((logGroup) => logGroup.name),
    finalSnapshotIdentifier: props.skipFinalSnapshot
      ? undefined
      : physicalName([identifier, "final"], { maxLength: 255 }),
    performanceInsights: performanceInsightsOf(props, props.instanceClass ?? instanceDefaults.instanceClass),
    monitoring: {
      monitoringInterval: props.enhancedMonitoringIntervalSec,
      ...(monitoring ? { monitoringRoleArn: monitoring.role.arn } : {}),
    },
    monitoringPermission,
    dependsOn: [...logGroups, ...monitoringPermission],
  };
}

function createSubnetGroup(scope: Construct, { name: stem, network }: CompleteDatabaseProps): DbSubnetGroup {
  const name = physicalName([stem, "db"], { maxLength: 255 });
  return new DbSubnetGroup(scope, "subnet-group", {
    name,
    description: "Isolated subnets of the database",
    subnetIds: [...network.isolatedSubnetIds],
    lifecycle: lifecycleWithPreconditions(atLeastTwoSubnets("network.isolatedSubnetIds", network.isolatedSubnetIds)),
    tags: { Name: name },
  });
}
