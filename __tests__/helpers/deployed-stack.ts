import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  type ScalingPolicy,
} from "@aws-sdk/client-application-auto-scaling";
import { type ContainerDefinition, DescribeServicesCommand, DescribeTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { GetSecretValueCommand, ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { type Clients } from "./aws-clients";

/** The applied resources of a stack, read from the simulated AWS API and not from Terraform's state. */
export class DeployedStack {
  constructor(
    private readonly aws: Clients,
    private readonly name: string,
  ) {}

  async loadBalancer() {
    const { LoadBalancers = [] } = await this.aws.elb.send(new DescribeLoadBalancersCommand({}));
    return only(LoadBalancers);
  }

  async loadBalancerAttributes(): Promise<Record<string, string>> {
    const { LoadBalancerArn } = await this.loadBalancer();
    const { Attributes = [] } = await this.aws.elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn }));
    return Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value])) as Record<string, string>;
  }

  async listeners() {
    const { LoadBalancerArn } = await this.loadBalancer();
    const { Listeners = [] } = await this.aws.elb.send(new DescribeListenersCommand({ LoadBalancerArn }));
    return Listeners;
  }

  async targetGroup() {
    const { TargetGroups = [] } = await this.aws.elb.send(new DescribeTargetGroupsCommand({}));
    return only(TargetGroups);
  }

  async targetGroupAttributes(): Promise<Record<string, string>> {
    const { TargetGroupArn } = await this.targetGroup();
    const { Attributes = [] } = await this.aws.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
    return Object.fromEntries(Attributes.map(({ Key, Value }) => [Key, Value])) as Record<string, string>;
  }

  async service() {
    const query = new DescribeServicesCommand({ cluster: this.name, services: [this.name] });
    return only((await this.aws.ecs.send(query)).services ?? []);
  }

  /** Returns the containers of the task definition that the service runs, by name. */
  async containers(): Promise<Record<string, ContainerDefinition>> {
    const { taskDefinition } = await this.service();
    const answer = await this.aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    const containers = answer.taskDefinition?.containerDefinitions ?? [];
    return Object.fromEntries(containers.map((container) => [container.name ?? "", container]));
  }

  async scalingPolicies(): Promise<ScalingPolicy[]> {
    const query = new DescribeScalingPoliciesCommand({ ServiceNamespace: "ecs" });
    return (await this.aws.autoscaling.send(query)).ScalingPolicies ?? [];
  }

  async scalableTarget() {
    const query = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" });
    return only((await this.aws.autoscaling.send(query)).ScalableTargets ?? []);
  }

  /** Returns all secret values by name. */
  async secretValues(): Promise<Record<string, string>> {
    const { SecretList = [] } = await this.aws.secrets.send(new ListSecretsCommand({}));
    const values = SecretList.map(async ({ Name = "" }) => {
      const { SecretString = "" } = await this.aws.secrets.send(new GetSecretValueCommand({ SecretId: Name }));
      return [Name, SecretString] as const;
    });
    return Object.fromEntries(await Promise.all(values));
  }
}

function only<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`expected one, found ${items.length}`);
  return item;
}
