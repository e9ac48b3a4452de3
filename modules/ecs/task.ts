import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type ITerraformDependable } from "cdktf";
import { type Construct } from "constructs";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { type AwsLocation, createLocation } from "./aws-location";
import { addEndpoints, calledServices } from "./aws-services";
import { type Cluster, createCluster } from "./cluster";
import { type CompleteFargateTaskProps } from "./defaults";
import { createExecutionRole, createTaskRole, type ExecutionRole } from "./roles";
import { createSecurity, type Security } from "./security-group";
import { createTaskDefinition } from "./task-definition";

/** A task definition on Fargate and everything that its tasks use. */
export interface Task {
  readonly cluster: Cluster;
  readonly logGroup: CloudwatchLogGroup;
  readonly location: AwsLocation;
  readonly execution: ExecutionRole;
  readonly taskRole: IamRole;
  readonly family: string;
  readonly definition: EcsTaskDefinition;
  readonly security: Security;
  /** What has to exist before the first task starts: its permissions, its egress rules, the network's way out. */
  readonly dependencies: readonly ITerraformDependable[];
}

/** Creates the task definition with its cluster, log group, roles and security group as children of the scope. */
export function createTask(scope: Construct, props: CompleteFargateTaskProps): Task {
  const { name, network, loadBalancer } = props;
  const cluster = createCluster(scope, props);
  const logGroup = createLogGroup(scope, props);
  const location = createLocation(scope, logGroup.arn);
  const execution = createExecutionRole(scope, props, location, logGroup.arn);
  const taskRole = createTaskRole(scope, props, location);
  const family = physicalName([name], { maxLength: 255 });
  const definition = createTaskDefinition(scope, props, {
    family,
    executionRoleArn: execution.role.arn,
    taskRoleArn: taskRole.arn,
    logs: { groupName: logGroup.name, region: location.region },
  });
  const security = createSecurity(scope, props);
  // A task that starts before these fails, and three failures trip the circuit breaker of a service.
  const dependencies = ownDependencies(scope, [
    ...cluster.dependencies,
    execution.policy,
    ...security.rules,
    ...(network.taskDependencies ?? []),
    ...addEndpoints(network, calledServices(props)),
    ...(loadBalancer?.dependencies ?? []),
  ]);
  return { cluster, logGroup, location, execution, taskRole, family, definition, security, dependencies };
}

function createLogGroup(
  scope: Construct,
  { name, logRetentionDays, kmsKeyArn }: CompleteFargateTaskProps,
): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, "log-group", {
    name: `/ecs/${name}`,
    retentionInDays: logRetentionDays,
    kmsKeyId: kmsKeyArn,
  });
}
