import { type CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { type EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import { Checks } from "../core/checks";
import { type PolicyStatement } from "../core/iam-policy";
import { runTaskStatements } from "../ecs/run-task";
import { createTask } from "../ecs/task";
import { createTaskPolicy } from "../ecs/task-policy";
import { readOneOffTaskProps } from "./defaults";
import { type OneOffTaskProps } from "./props";
import { runCommand } from "./run-command";
import { validateOneOffTask } from "./validation/one-off-task";

/**
 * Prepares a task that a person or a pipeline runs once, such as a migration that takes longer than the 120 s that a service allows for one.
 * Terraform does not run it: `runCommand` is the command that does.
 */
export class OneOffTask extends Construct {
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
  /** Command of the AWS CLI that runs the task once, with the latest revision; for an output. */
  readonly runCommand: string;
  /** IAM statements for whoever runs the command: to run tasks of this family in this cluster, tag them, and pass their roles. */
  readonly runStatements: readonly PolicyStatement[];

  readonly cluster: EcsCluster | undefined;
  readonly taskDefinition: EcsTaskDefinition;
  readonly taskRole: IamRole;
  readonly executionRole: IamRole;
  readonly securityGroup: SecurityGroup;
  readonly logGroup: CloudwatchLogGroup;

  private readonly network: OneOffTaskProps["network"];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, given: OneOffTaskProps) {
    super(scope, id);
    const checks = new Checks(this);
    const props = readOneOffTaskProps(checks, given);
    validateOneOffTask(checks, props);

    const { cluster, execution, security, ...task } = createTask(this, props);
    this.network = props.network;
    this.taskRole = task.taskRole;
    if (props.taskPolicyStatements.length > 0) this.addTaskPolicy("app", props.taskPolicyStatements);

    this.clusterName = cluster.name;
    this.clusterArn = cluster.arn;
    this.cluster = cluster.resource;
    this.taskDefinition = task.definition;
    this.taskDefinitionArn = task.definition.arn;
    this.taskFamily = task.family;
    this.containerName = props.containerName;
    this.taskRoleArn = task.taskRole.arn;
    this.taskRoleName = task.taskRole.name;
    this.executionRole = execution.role;
    this.executionRoleArn = execution.role.arn;
    this.securityGroup = security.group;
    this.securityGroupId = security.group.id;
    this.logGroup = task.logGroup;
    this.logGroupName = task.logGroup.name;
    this.logGroupArn = task.logGroup.arn;
    this.runCommand = runCommand({
      clusterName: cluster.name,
      taskFamily: task.family,
      securityGroupId: security.group.id,
      network: props.network,
    });
    this.runStatements = runTaskStatements({
      location: task.location,
      cluster,
      family: task.family,
      executionRoleArn: execution.role.arn,
      taskRoleArn: task.taskRole.arn,
    });
  }

  /**
   * Adds an IAM policy to the app's role; a database or cache grants its IAM authentication this way.
   *
   * @param id name of the policy in the task role, kebab-case
   * @throws ConfigurationError when the id is malformed or taken, or a statement is one that IAM refuses
   */
  addTaskPolicy(id: string, statements: readonly PolicyStatement[]): void {
    createTaskPolicy(this, { id, statements, taskRoleId: this.taskRole.id, network: this.network });
  }
}
