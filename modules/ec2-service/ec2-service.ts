import { type AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { type SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { dependable, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Checks } from "../core/checks";
import { policyDocument, type PolicyStatement } from "../core/iam-policy";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { type AwsLocation, createLocation } from "../ecs/aws-location";
import { addEndpoints, type CalledService, servicesOfStatements } from "../ecs/aws-services";
import { createSecurity, type Security } from "../ecs/security-group";
import { checkEndpoints } from "../ecs/validation/aws-services";
import { validateTaskPolicy } from "../ecs/validation/policy-statement";
import { launchBudgetSec, replacementSec } from "./budget";
import { calledServices } from "./called-services";
import { type CompleteEc2ServiceProps, readEc2ServiceProps } from "./defaults";
import { createGroup } from "./group";
import { createLaunchTemplate } from "./launch-template";
import { type Ec2ServiceProps } from "./props";
import { createRefreshEvents } from "./refresh-events";
import { createInstanceRole, type InstanceRole } from "./role";
import { createScaling } from "./scaling";
import { createUserData } from "./user-data";
import { validateEc2Service } from "./validation/ec2-service";

const ADDED_POLICIES = { method: "addInstancePolicy", idPrefix: "instance-policy-" };

/**
 * Runs a WebSocket application on EC2 instances behind a load balancer: several processes on each, drained before they end, replaced by an
 * instance refresh when the image or the operating system changes, scaled on CPU and open connections.
 */
export class Ec2Service extends Construct {
  /** A literal: alarms and the instances themselves refer to the group by it. */
  readonly autoScalingGroupName: string;
  readonly autoScalingGroupArn: string;
  readonly launchTemplateId: string;
  readonly securityGroupId: string;
  readonly roleArn: string;
  readonly roleName: string;
  readonly logGroupName: string;
  readonly logGroupArn: string;
  /** Namespace of the instances' own metrics; their only dimension is `AutoScalingGroupName`. */
  readonly metricsNamespace: string;
  readonly minCount: number;
  readonly maxCount: number;
  readonly processes: number;
  /** Open connections per process that the group keeps; `undefined` when it does not track them. */
  readonly connectionsPerProcess: number | undefined;
  /** Mean CPU that the group keeps, in percent; `undefined` when it does not track it. */
  readonly targetCpuPercent: number | undefined;
  /** How long an instance takes at most from its launch until its processes are healthy, in seconds. */
  readonly launchBudgetSec: number;
  /** How long the replacement of one instance takes at most when nothing fails, in seconds. */
  readonly replacementSec: number;

  readonly group: AutoscalingGroup;
  readonly launchTemplate: LaunchTemplate;
  readonly role: IamRole;
  readonly securityGroup: SecurityGroup;
  readonly logGroup: CloudwatchLogGroup;

  private readonly props: CompleteEc2ServiceProps;
  /** What has to exist before the first instance starts. */
  private dependencies: readonly ITerraformDependable[];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: Ec2ServiceProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readEc2ServiceProps(checks, props);
    validateEc2Service(checks, this.props);

    this.autoScalingGroupName = physicalName([this.props.name], { maxLength: 255 });
    this.logGroup = this.createLogGroup();
    const location = createLocation(this, this.logGroup.arn);
    const instance = this.createRole(location);
    const security = createSecurity(this, this.props, "instances");
    this.launchTemplate = this.createTemplate(location, instance, security);
    this.dependencies = this.collectDependencies(instance, security);
    this.group = createGroup(this, this.props, {
      groupName: this.autoScalingGroupName,
      template: this.launchTemplate,
      dependsOn: this.dependencies,
    });
    createScaling(this, this.props, this.group);
    this.createRefreshEvents();

    this.role = instance.role;
    this.roleArn = instance.role.arn;
    this.roleName = instance.role.name;
    this.autoScalingGroupArn = this.group.arn;
    this.launchTemplateId = this.launchTemplate.id;
    this.securityGroup = security.group;
    this.securityGroupId = security.group.id;
    this.logGroupName = this.logGroup.name;
    this.logGroupArn = this.logGroup.arn;
    this.metricsNamespace = this.props.metricsNamespace;
    const { minCount, maxCount, cpuPercent, connectionsPerProcess } = this.props.autoscaling;
    this.minCount = minCount;
    this.maxCount = maxCount;
    this.processes = this.props.processes;
    this.connectionsPerProcess = connectionsPerProcess;
    this.targetCpuPercent = cpuPercent === false ? undefined : cpuPercent;
    this.launchBudgetSec = launchBudgetSec(this.props);
    this.replacementSec = replacementSec(this.props);
    if (this.props.instancePolicyStatements.length > 0) {
      this.addInstancePolicy("app", this.props.instancePolicyStatements);
    }
  }

  /**
   * Adds an IAM policy to the role of the instances; a database or cache grants its IAM authentication this way. The group depends on the
   * policy, so that no instance starts without it; the statements must not refer to the group.
   *
   * @param id name of the policy in the role, kebab-case
   * @throws ConfigurationError when the id is malformed or taken, or a statement is one that IAM refuses
   */
  addInstancePolicy(id: string, statements: readonly PolicyStatement[]): void {
    validateTaskPolicy(this, id, statements, ADDED_POLICIES);
    const called = servicesOfStatements(statements, ADDED_POLICIES.method);
    this.checkEndpoints(called);
    const policy = new IamRolePolicy(this, `${ADDED_POLICIES.idPrefix}${id}`, {
      name: id,
      role: this.role.id,
      policy: policyDocument(statements),
    });
    const added = [policy, ...addEndpoints(this.props.network, called)];
    this.dependencies = ownDependencies(this, [...this.dependencies, ...added]);
    this.group.dependsOn = this.dependencies.map(dependable);
  }

  private checkEndpoints(called: readonly CalledService[]): void {
    const checks = new Checks(this);
    checkEndpoints(checks, this.props.network, called);
    checks.throwIfInvalid();
  }

  private createRefreshEvents(): void {
    const { name, refreshTopicArn: topicArn } = this.props;
    if (topicArn !== undefined) createRefreshEvents(this, { name, topicArn, groupName: this.autoScalingGroupName });
  }

  private createLogGroup(): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "log-group", {
      name: `/ec2/${this.props.name}`,
      retentionInDays: this.props.logRetentionDays,
      kmsKeyId: this.props.kmsKeyArn,
    });
  }

  private createRole(location: AwsLocation): InstanceRole {
    const { autoScalingGroupName: groupName, logGroup } = this;
    return createInstanceRole(this, this.props, { location, groupName, logGroupArn: logGroup.arn });
  }

  private createTemplate({ region }: AwsLocation, instance: InstanceRole, security: Security): LaunchTemplate {
    const { autoScalingGroupName, logGroup } = this;
    return createLaunchTemplate(this, this.props, {
      instanceProfileArn: instance.profile.arn,
      securityGroupId: security.group.id,
      userData: createUserData(this, this.props, { region, autoScalingGroupName, logGroupName: logGroup.name }),
    });
  }

  /** An instance that starts before its permissions, its egress rules or the network's way out fails and is replaced. */
  private collectDependencies(instance: InstanceRole, security: Security): readonly ITerraformDependable[] {
    const { network, loadBalancer } = this.props;
    return ownDependencies(this, [
      ...instance.dependencies,
      ...security.rules,
      ...(network.taskDependencies ?? []),
      ...addEndpoints(network, calledServices(this.props)),
      ...loadBalancer.dependencies,
    ]);
  }
}
