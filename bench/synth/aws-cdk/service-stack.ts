import { CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { Port } from "aws-cdk-lib/aws-ec2";
import { Repository } from "aws-cdk-lib/aws-ecr";
import { ContainerImage } from "aws-cdk-lib/aws-ecs";
import { type ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { type Construct } from "constructs";
import { createCache } from "./cache";
import { createDatabase } from "./database";
import { type Environment } from "./environment";
import { addFirewall } from "./firewall";
import { addMonitoring, addRollbackAlarms, type Monitored } from "./monitoring";
import { createVpc } from "./network";
import { REPOSITORY_NAME } from "./registry-stack";
import { createService } from "./service";
import { createContext, createLogGroup, type StackContext } from "./stack-context";

/** All resources of one environment. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, settings: Environment) {
    super(scope, id, { env: { account: settings.account, region: settings.region } });
    const context = createContext(this, settings);
    const logs = createLogGroup(context, "ServiceLogs", `/ecs/${this.stackName}`);
    const repository = Repository.fromRepositoryName(this, "Repository", REPOSITORY_NAME);
    const image = ContainerImage.fromEcrRepository(repository, "0.1.0");

    const vpc = createVpc(context);
    const database = createDatabase(context, vpc);
    const cache = createCache(context, vpc);
    const service = createService(context, { vpc, database, cache, image, logs });
    database.connections.allowFrom(service.service, Port.tcp(5432));
    cache.securityGroup.addIngressRule(service.service.connections.securityGroups[0]!, Port.tcp(6379));
    addScaling(settings, service);

    addFirewall(this, service.loadBalancer, createLogGroup(context, "FirewallLogs", `aws-waf-logs-${id}`));
    const monitored: Monitored = {
      name: id,
      service,
      database,
      cacheNodes: Array.from({ length: 1 + settings.cacheReplicas }, (_, index) => `${id}-cache-00${index + 1}`),
      firewall: "firewall",
      topic: createTopic(context),
      logGroup: logs,
    };
    addRollbackAlarms(this, monitored);
    addMonitoring(this, monitored);
    new CfnOutput(this, "Url", { value: settings.domainName ?? service.loadBalancer.loadBalancerDnsName });
  }
}

function createTopic({ stack, settings, key }: StackContext): Topic {
  const topic = new Topic(stack, "Alarms", { masterKey: key, enforceSSL: true });
  for (const email of settings.emails) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

function addScaling(settings: Environment, { service, targetGroup }: ApplicationLoadBalancedFargateService): void {
  const scaling = service.autoScaleTaskCount({ minCapacity: settings.minCount, maxCapacity: settings.maxCount });
  scaling.scaleOnCpuUtilization("Cpu", { targetUtilizationPercent: 60, scaleInCooldown: Duration.minutes(10) });
  scaling.scaleToTrackCustomMetric("Connections", {
    metric: targetGroup.metrics.custom("ActiveConnectionCount"),
    targetValue: 1000,
    scaleInCooldown: Duration.minutes(10),
  });
}
