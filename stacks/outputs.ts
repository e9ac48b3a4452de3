import { TerraformOutput } from "cdktf";
import { type Construct } from "constructs";
import { type StackOutputs } from "./entrance/entrance";

export interface ServiceOutputSources {
  readonly entrance: {
    readonly origin: string;
    readonly alb: { readonly dnsName: string; readonly hostedZoneId: string };
    readonly outputs: StackOutputs;
  };
  readonly service: {
    readonly clusterName: string;
    readonly serviceName: string;
    readonly logGroupName: string;
  };
  readonly database: { readonly host: string; readonly masterUserSecretArn: string };
  readonly topic: { readonly topicArn: string };
}

/** What people and pipelines ask a deployment for; never a secret's value. */
export function addServiceOutputs(scope: Construct, sources: ServiceOutputSources): void {
  const { origin, alb, outputs: ofEntrance } = sources.entrance;
  const outputs: StackOutputs = {
    url: [origin, "Where the application answers"],
    load_balancer_dns_name: [alb.dnsName, "Target of the domain's alias record"],
    load_balancer_zone_id: [alb.hostedZoneId, "Hosted zone of the load balancer, for the alias record"],
    cluster_name: [sources.service.clusterName, "ECS cluster"],
    service_name: [sources.service.serviceName, "ECS service"],
    log_group_name: [sources.service.logGroupName, "Where the tasks log"],
    database_host: [sources.database.host, "Host of the database"],
    database_master_secret_arn: [sources.database.masterUserSecretArn, "Secret that RDS keeps the master password in"],
    alarm_topic_arn: [sources.topic.topicArn, "Topic of all alarms"],
    ...ofEntrance,
  };
  for (const [id, [value, description]] of Object.entries(outputs))
    new TerraformOutput(scope, id, { value, description });
}
