import { type AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { type CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { type EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { type EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Checks } from "../core/checks";
import { type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { createAutoscaling } from "../ecs/autoscaling";
import { type Cluster } from "../ecs/cluster";
import { serviceWorstCaseDeploySec, taskCounts } from "../ecs/deployment";
import { EXECUTE_COMMAND_STATEMENT } from "../ecs/roles";
import { type Security } from "../ecs/security-group";
import { type ServiceKind } from "../ecs/service-kind";
import { createTask } from "../ecs/task";
import { createTaskPolicy } from "../ecs/task-policy";
import { validateAddedAlarms } from "../ecs/validation/alarm-names";
import { type CompleteFargateServiceProps, readFargateServiceProps } from "./defaults";
import { type FargateServiceProps } from "./props";
import { createService, rollBackOn } from "./service";
import { validateFargateService } from "./validation/fargate-service";

/**
 * Runs a service on ECS Fargate: one that holds WebSockets, one that answers requests, or a worker. It drains before it stops, rolls back
 * failed deploys, and scales on open connections, requests, CPU or memory.
 */
export class FargateService extends Construct {
  readonly kind: ServiceKind;
  /** Known at synth unless an existing cluster's name is a token. */
  readonly clusterName: string;
  readonly clusterArn: string;
  /** A literal: an alarm on it may be one of the service's own rollback alarms. */
  readonly serviceName: string;
  readonly serviceArn: string;
  readonly securityGroupId: string;
  readonly taskRoleArn: string;
  readonly taskRoleName: string;
  readonly executionRoleArn: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  /** ARN with the revision. */
  readonly taskDefinitionArn: string;
  readonly taskFamily: string;
  readonly containerName: string;
  /** Tasks that the service starts with. */
  readonly desiredCount: number;
  /** Fewest tasks that the autoscaler keeps, schedules included; `desiredCount` without one. */
  readonly minCount: number;
  /** Most tasks that the autoscaler starts, schedules included; `desiredCount` without one. */
  readonly maxCount: number;
  /** Most tasks during a deploy, in percent of the desired count. */
  readonly maximumPercent: number;
  /** Open connections per task that the autoscaler keeps; `undefined` when it does not track them. */
  readonly connectionsPerTask: number | undefined;
  /** Mean CPU that the autoscaler keeps, in percent; `undefined` when it does not track it. */
  readonly targetCpuPercent: number | undefined;
  /** Mean memory that the autoscaler keeps, in percent; `undefined` when it does not track it. */
  readonly targetMemoryPercent: number | undefined;
  /** Whether Container Insights counts the tasks; an existing cluster is taken to have it unless `containerInsights` is `disabled`. */
  readonly containerInsights: boolean;
  /** How long a deploy takes at most when nothing fails, in seconds; `undefined` when a part of it is known only at apply. */
  readonly worstCaseDeploySec: number | undefined;

  readonly cluster: EcsCluster | undefined;
  readonly service: EcsService;
  readonly taskDefinition: EcsTaskDefinition;
  readonly taskRole: IamRole;
  readonly executionRole: IamRole;
  readonly securityGroup: SecurityGroup;
  readonly logGroup: CloudwatchLogGroup;
  readonly autoscalingTarget: AppautoscalingTarget | undefined;

  private readonly props: CompleteFargateServiceProps;
  /** What has to exist before the first task starts. */
  private dependencies: readonly ITerraformDependable[];
  private readonly rollbackAlarmNames: string[];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: FargateServiceProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readFargateServiceProps(checks, props);
    validateFargateService(checks, this.props);

    const { cluster, security, execution, ...task } = createTask(this, this.props);
    this.logGroup = task.logGroup;
    this.taskRole = task.taskRole;
    this.taskFamily = task.family;
    this.taskDefinition = task.definition;
    this.dependencies = task.dependencies;
    this.serviceName = physicalName([this.props.name], { maxLength: 255 });
    this.service = this.createService(cluster, security);
    this.autoscalingTarget = this.createAutoscaling(cluster);
    this.rollbackAlarmNames = [...this.props.rollbackAlarmNames];
    this.createTaskPolicies();

    this.kind = this.props.kind;
    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.cluster = cluster.resource;
    this.executionRole = execution.role;
    this.executionRoleArn = execution.role.arn;
    this.taskRoleArn = this.taskRole.arn;
    this.taskRoleName = this.taskRole.name;
    this.serviceArn = this.service.id;
    this.securityGroup = security.group;
    this.securityGroupId = security.group.id;
    this.logGroupName = this.logGroup.name;
    this.logGroupArn = this.logGroup.arn;
    this.taskDefinitionArn = this.taskDefinition.arn;
    this.containerName = this.props.containerName;
    this.desiredCount = this.props.desiredCount;
    const { min, max } = taskCounts(this.props) ?? {};
    this.minCount = min ?? this.props.autoscaling?.minCount ?? this.props.desiredCount;
    this.maxCount = max ?? this.props.autoscaling?.maxCount ?? this.props.desiredCount;
    this.maximumPercent = this.props.maximumPercent;
    const { connectionsPerTask, cpuPercent, memoryPercent } = this.props.autoscaling ?? {};
    this.connectionsPerTask = connectionsPerTask;
    this.targetCpuPercent = cpuPercent === false ? undefined : cpuPercent;
    this.targetMemoryPercent = memoryPercent;
    this.containerInsights = this.props.containerInsights !== "disabled";
    this.worstCaseDeploySec = serviceWorstCaseDeploySec(this.props);
  }

  /**
   * Adds an IAM policy to the app's role; a database or cache grants its IAM authentication this way. The service depends on
   * the policy, so that no task starts without it; the statements must not refer to the service.
   *
   * @param id name of the policy in the task role, kebab-case
   * @throws ConfigurationError when the id is malformed or taken, or a statement is one that IAM refuses
   */
  addTaskPolicy(id: string, statements: readonly PolicyStatement[]): void {
    const { network } = this.props;
    const added = createTaskPolicy(this, { id, statements, taskRoleId: this.taskRole.id, network });
    this.dependencies = ownDependencies(this, [...this.dependencies, ...added]);
    this.service.dependsOn = this.dependencies.map(dependable);
  }

  /**
   * Adds alarms that fail and roll back a deploy, for alarms on this service. They refer to it by `serviceName` and
   * `clusterName`, which are literals; an attribute of the service would create a dependency cycle.
   *
   * @throws ConfigurationError when a name is malformed or was given before
   */
  addRollbackAlarms(...alarmNames: readonly string[]): void {
    validateAddedAlarms(this, this.rollbackAlarmNames, alarmNames);
    this.rollbackAlarmNames.push(...alarmNames);
    rollBackOn(this.service, this.rollbackAlarmNames);
  }

  private createService(cluster: Cluster, security: Security): EcsService {
    return createService(this, this.props, {
      serviceName: this.serviceName,
      clusterArn: cluster.arn,
      taskDefinition: this.taskDefinition,
      securityGroupId: security.group.id,
      dependsOn: this.dependencies,
    });
  }

  private createAutoscaling(cluster: Cluster): AppautoscalingTarget | undefined {
    const { name, autoscaling, connectionMetric, loadBalancer } = this.props;
    if (!autoscaling) return undefined;
    const serviceName = this.service.name;
    return createAutoscaling(this, {
      name,
      clusterName: cluster.name,
      serviceName,
      autoscaling,
      connectionMetric,
      loadBalancer,
    });
  }

  private createTaskPolicies(): void {
    const { taskPolicyStatements, enableExecuteCommand } = this.props;
    if (taskPolicyStatements.length > 0) this.addTaskPolicy("app", taskPolicyStatements);
    if (enableExecuteCommand) this.addTaskPolicy("execute-command", [EXECUTE_COMMAND_STATEMENT]);
  }
}
