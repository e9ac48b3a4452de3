import { ListTagsForResourceCommand as ListScalingTags } from "@aws-sdk/client-application-auto-scaling";
import { PutCompositeAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { RebootCacheClusterCommand } from "@aws-sdk/client-elasticache";
import { CreateKeyCommand, EnableKeyRotationCommand, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { CreateIPSetCommand, UpdateIPSetCommand } from "@aws-sdk/client-wafv2";
import { type Gap } from "./gap";

export const OTHER_GAPS: readonly Gap[] = [
  [
    "wafv2: the lock token of an IP set is a UUID, after a change as well",
    async ({ waf }) => {
      const set = { Name: "g", Scope: "REGIONAL" as const, Addresses: [] };
      const { Summary } = await waf.send(new CreateIPSetCommand({ ...set, IPAddressVersion: "IPV4" }));
      const { Id, LockToken } = Summary ?? {};
      const { NextLockToken } = await waf.send(new UpdateIPSetCommand({ ...set, Id, LockToken }));
      return [LockToken, NextLockToken].every((token) => token?.length === 36);
    },
  ],
  [
    "application_autoscaling",
    async ({ autoscaling }) => {
      const ResourceARN = "arn:aws:application-autoscaling:ap-northeast-1:123456789012:scalable-target/a";
      return !!(await autoscaling.send(new ListScalingTags({ ResourceARN }))).Tags;
    },
  ],
  [
    "cloudwatch: composite alarms",
    async ({ cloudwatch }) =>
      !!(await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: "c", AlarmRule: "TRUE" }))),
  ],
  [
    "ecs: what a service was told",
    async ({ ecs }) => {
      await ecs.send(new CreateClusterCommand({ clusterName: "c" }));
      const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
      await ecs.send(new RegisterTaskDefinitionCommand({ family: "f", containerDefinitions }));
      const service = { cluster: "c", serviceName: "s", taskDefinition: "f", desiredCount: 1 };
      const created = await ecs.send(new CreateServiceCommand({ ...service, healthCheckGracePeriodSeconds: 7 }));
      return created.service?.healthCheckGracePeriodSeconds === 7;
    },
  ],
  [
    "ecs: a family is its latest active revision",
    async ({ ecs }) => {
      const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
      const revision = { family: "latest", containerDefinitions };
      await ecs.send(new RegisterTaskDefinitionCommand(revision));
      await ecs.send(new RegisterTaskDefinitionCommand(revision));
      await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "latest:2" }));
      const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "latest" }));
      return described.taskDefinition?.revision === 1;
    },
  ],
  [
    "one_off_tasks: a task by the cluster's capacity provider strategy, to its end",
    async ({ ecs, ec2 }) => {
      const capacity = {
        capacityProviders: ["FARGATE"],
        defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
      };
      await ecs.send(new CreateClusterCommand({ clusterName: "o", ...capacity }));
      const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
      await ecs.send(new RegisterTaskDefinitionCommand({ family: "o", networkMode: "awsvpc", containerDefinitions }));
      const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
      const awsvpcConfiguration = { subnets: [Subnets[0]?.SubnetId ?? ""], securityGroups: [] };
      const call = { cluster: "o", taskDefinition: "o", networkConfiguration: { awsvpcConfiguration } };
      const tasks = [(await ecs.send(new RunTaskCommand(call))).tasks?.[0]?.taskArn ?? ""];
      for (let look = 0; look < 3; look++) await ecs.send(new DescribeTasksCommand({ cluster: "o", tasks }));
      const [ended] = (await ecs.send(new DescribeTasksCommand({ cluster: "o", tasks }))).tasks ?? [];
      return ended?.capacityProviderName === "FARGATE" && ended.containers?.[0]?.exitCode === 0;
    },
  ],
  [
    "kms: the rotation period",
    async ({ kms }) => {
      const KeyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId;
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 100 }));
      return (await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).RotationPeriodInDays === 100;
    },
  ],
  [
    "unimplemented: an answer that is not retried",
    async ({ elasticache }) => {
      const call = elasticache.send(
        new RebootCacheClusterCommand({ CacheClusterId: "r", CacheNodeIdsToReboot: ["0001"] }),
      );
      return call.then(
        () => true,
        (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode === 501,
      );
    },
  ],
  [
    "ecs: a deployment configuration of which an update names a part",
    async ({ ecs }) => {
      await ecs.send(new CreateClusterCommand({ clusterName: "d" }));
      const containerDefinitions = [{ name: "app", image: "app", memory: 128 }];
      await ecs.send(new RegisterTaskDefinitionCommand({ family: "d", containerDefinitions }));
      const service = { cluster: "d", serviceName: "s", taskDefinition: "d", desiredCount: 1 };
      const alarms = { alarmNames: ["a"], enable: true, rollback: true };
      await ecs.send(
        new CreateServiceCommand({ ...service, deploymentConfiguration: { alarms, maximumPercent: 150 } }),
      );
      const part = { cluster: "d", service: "s", deploymentConfiguration: { maximumPercent: 200 } };
      const updated = (await ecs.send(new UpdateServiceCommand(part))).service?.deploymentConfiguration;
      return updated?.maximumPercent === 200 && updated.alarms?.alarmNames?.[0] === "a";
    },
  ],
];
