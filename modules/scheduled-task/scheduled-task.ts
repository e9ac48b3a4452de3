import { type CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { type EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { type EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { type SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Checks } from "../core/checks";
import { type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { createTask, type Task } from "../ecs/task";
import { createTaskPolicy } from "../ecs/task-policy";
import { createAlarms } from "./alarms";
import { type CompleteScheduledTaskProps, readScheduledTaskProps } from "./defaults";
import { type ScheduledTaskProps } from "./props";
import { createScheduleRole, createStateMachineRole } from "./roles";
import { createSchedule, SCHEDULE_NAME_MAX_LENGTH } from "./schedule";
import { createStateMachine } from "./state-machine";
import { validateScheduledTask } from "./validation/scheduled-task";

/**
 * Runs a task on ECS Fargate on a schedule: one run at a time, stopped when it takes too long, with alarms for runs that fail or are not
 * started.
 */
export class ScheduledTask extends Construct {
  readonly clusterName: string;
  readonly clusterArn: string;
  /** ARN with the revision. */
  readonly taskDefinitionArn: string;
  readonly taskFamily: string;
  readonly containerName: string;
  readonly taskRoleArn: string;
  readonly taskRoleName: string;
  readonly executionRoleArn: string;
  readonly securityGroupId: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  /** Start an execution of it to run the task now; it is skipped like any other while the task runs. */
  readonly stateMachineArn: string;
  readonly scheduleArn: string;
  /** Names of the alarms: a run that failed, and one that was not started. */
  readonly alarmNames: readonly string[];

  readonly cluster: EcsCluster | undefined;
  readonly taskDefinition: EcsTaskDefinition;
  readonly taskRole: IamRole;
  readonly executionRole: IamRole;
  readonly securityGroup: SecurityGroup;
  readonly logGroup: CloudwatchLogGroup;
  readonly stateMachine: SfnStateMachine;
  readonly stateMachineRole: IamRole;
  readonly scheduleGroup: SchedulerScheduleGroup;
  readonly schedule: SchedulerSchedule;
  readonly scheduleRole: IamRole;
  readonly failedAlarm: CloudwatchMetricAlarm;
  readonly notStartedAlarm: CloudwatchMetricAlarm;

  private readonly props: CompleteScheduledTaskProps;
  /** What has to exist before the first run. */
  private dependencies: readonly ITerraformDependable[];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readScheduledTaskProps(checks, props);
    validateScheduledTask(checks, this.props);

    const task = createTask(this, this.props);
    const runner = createStateMachineRole(this, this.props.name, task);
    this.dependencies = ownDependencies(this, [...task.dependencies, runner.policy]);
    this.stateMachine = createStateMachine(this, this.props, {
      task,
      roleArn: runner.role.arn,
      dependsOn: this.dependencies,
    });
    this.stateMachineRole = runner.role;
    this.scheduleGroup = this.createGroup();
    const { role, schedule } = this.createSchedule(task);
    this.scheduleRole = role;
    this.schedule = schedule;
    [this.failedAlarm, this.notStartedAlarm] = this.createAlarms(task);
    this.taskRole = task.taskRole;
    if (this.props.taskPolicyStatements.length > 0) this.addTaskPolicy("app", this.props.taskPolicyStatements);

    this.clusterName = task.cluster.name;
    this.clusterArn = task.cluster.arn;
    this.cluster = task.cluster.resource;
    this.taskDefinition = task.definition;
    this.taskDefinitionArn = task.definition.arn;
    this.taskFamily = task.family;
    this.containerName = this.props.containerName;
    this.taskRoleArn = task.taskRole.arn;
    this.taskRoleName = task.taskRole.name;
    this.executionRole = task.execution.role;
    this.executionRoleArn = task.execution.role.arn;
    this.securityGroup = task.security.group;
    this.securityGroupId = task.security.group.id;
    this.logGroup = task.logGroup;
    this.logGroupName = task.logGroup.name;
    this.logGroupArn = task.logGroup.arn;
    this.stateMachineArn = this.stateMachine.arn;
    this.scheduleArn = this.schedule.arn;
    this.alarmNames = [this.failedAlarm.alarmNameInput!, this.notStartedAlarm.alarmNameInput!];
  }

  /**
   * Adds an IAM policy to the app's role; a database or cache grants its IAM authentication this way. No run starts without it.
   *
   * @param id name of the policy in the task role, kebab-case
   * @throws ConfigurationError when the id is malformed or taken, or a statement is one that IAM refuses
   */
  addTaskPolicy(id: string, statements: readonly PolicyStatement[]): void {
    const { network } = this.props;
    const added = createTaskPolicy(this, { id, statements, taskRoleId: this.taskRole.id, network });
    this.dependencies = ownDependencies(this, [...this.dependencies, ...added]);
    this.stateMachine.dependsOn = this.dependencies.map(dependable);
  }

  private createGroup(): SchedulerScheduleGroup {
    return new SchedulerScheduleGroup(this, "schedule-group", {
      name: physicalName([this.props.name], { maxLength: SCHEDULE_NAME_MAX_LENGTH }),
    });
  }

  private createSchedule({ location }: Task): { role: IamRole; schedule: SchedulerSchedule } {
    const stateMachineArn = this.stateMachine.arn;
    const groupName = physicalName([this.props.name], { maxLength: SCHEDULE_NAME_MAX_LENGTH });
    const role = createScheduleRole(this, { name: this.props.name, location, groupName, stateMachineArn });
    const schedule = createSchedule(this, this.props, { groupName: this.scheduleGroup.name, stateMachineArn, role });
    return { role: role.role, schedule };
  }

  private createAlarms({ logGroup }: Task): [CloudwatchMetricAlarm, CloudwatchMetricAlarm] {
    const { name, alarmTopicArn } = this.props;
    return createAlarms(this, {
      name,
      stateMachineArn: this.stateMachine.arn,
      groupName: this.scheduleGroup.name,
      logGroupName: logGroup.nameInput!,
      topicArn: alarmTopicArn,
    });
  }
}
