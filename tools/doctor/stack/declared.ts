import { Expressions } from "../../judges/terraform-expressions";
import { at, entries, type Json } from "../../terraform/json";

/** A resource of the stack, in the region of its provider. */
export interface Declared {
  readonly name: string;
  readonly region: string;
}

export interface DeclaredFilter {
  readonly name: string;
  readonly logGroupName: string;
  readonly pattern: string;
}

export interface DeclaredSubscription extends Declared {
  /** Name of the topic. */
  readonly topic: string;
}

type Resource = Readonly<Record<string, Json>>;

/** What a synthesized stack says that its environment has, by the names that it gives in AWS. */
export class DeclaredStack {
  private readonly expressions: Expressions;

  constructor(readonly json: Json) {
    this.expressions = new Expressions(json);
  }

  has(type: string): boolean {
    return this.each(type).length > 0;
  }

  alarms(): readonly Declared[] {
    return ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].flatMap((type) =>
      this.each(type).map((resource) => this.declared(resource, "alarm_name")),
    );
  }

  metricFilters(): readonly DeclaredFilter[] {
    return this.each("aws_cloudwatch_log_metric_filter").map((resource) => ({
      name: this.text(resource, "name"),
      logGroupName: this.text(resource, "log_group_name"),
      pattern: literal(resource["pattern"]),
    }));
  }

  /** E-mail addresses and the like, as `name`, that the alarms of a topic are to reach. */
  subscriptions(): readonly DeclaredSubscription[] {
    return this.each("aws_sns_topic_subscription").map((resource) => ({
      ...this.declared(resource, "endpoint"),
      topic: this.text(resource, "topic_arn").split(":").at(-1) ?? "",
    }));
  }

  topics(): readonly Declared[] {
    return this.each("aws_sns_topic").map((resource) => this.declared(resource, "name"));
  }

  /** Secrets and parameters that the containers receive, by ARN; one that the stack creates has a made-up suffix. */
  containerSecrets(): readonly { readonly variable: string; readonly valueFrom: string; readonly isOwn: boolean }[] {
    const definition = this.each("aws_ecs_task_definition")[0];
    const text = literal(definition?.["container_definitions"]);
    if (text === "") return [];
    const containers = JSON.parse(text) as readonly { secrets?: readonly { name: string; valueFrom: string }[] }[];
    return containers.flatMap(({ secrets = [] }) =>
      secrets.map(({ name, valueFrom }) => ({
        variable: name,
        valueFrom: this.resolve(valueFrom),
        isOwn: valueFrom.includes("${"),
      })),
    );
  }

  /** ARNs of certificates that exist before the stack does. */
  foreignCertificates(): readonly string[] {
    const listeners = this.each("aws_lb_listener").map((listener) => literal(listener["certificate_arn"]));
    const distributions = this.each("aws_cloudfront_distribution").map((distribution) =>
      literal(at(distribution, "viewer_certificate", "acm_certificate_arn")),
    );
    return [...listeners, ...distributions].filter((arn) => arn.startsWith("arn:"));
  }

  /** The site's host name; `undefined` while it is the load balancer's own, which is known after the apply. */
  domain(): string | undefined {
    const text = literal(this.each("aws_ecs_task_definition")[0]?.["container_definitions"]);
    const url = /"NEXTAUTH_URL","value":"(https?:\/\/[^"$]+)"/.exec(text)?.[1];
    return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
  }

  /** Subnets of the tasks that exist before the stack does. */
  foreignTaskSubnets(): readonly string[] {
    const network = this.each("aws_ecs_service")[0]?.["network_configuration"];
    const subnets = at(Array.isArray(network) ? (network as readonly Json[])[0] : network, "subnets");
    return Array.isArray(subnets)
      ? (subnets as readonly Json[]).filter((id): id is string => typeof id === "string" && id.startsWith("subnet-"))
      : [];
  }

  /** The role with which ECS starts the tasks: its Terraform name, and its name in IAM. */
  executionRole(): { readonly resource: string; readonly name: string } | undefined {
    const reference = literal(this.each("aws_ecs_task_definition")[0]?.["execution_role_arn"]);
    const resource = /aws_iam_role\.([\w-]+)\./.exec(reference)?.[1];
    if (resource === undefined) return undefined;
    return { resource, name: this.text(this.expressions.resource("aws_iam_role", resource), "name") };
  }

  private each(type: string): Resource[] {
    return entries(at(this.json, "resource", type)).map(([, resource]) => resource as Resource);
  }

  private declared(resource: Resource, attribute: string): Declared {
    const { provider } = resource;
    const region = typeof provider === "string" ? provider.replace("aws.", "") : this.expressions.region;
    return { name: this.text(resource, attribute), region };
  }

  private text(resource: Resource, attribute: string): string {
    return this.resolve(literal(resource[attribute]));
  }

  private resolve(text: string): string {
    return this.expressions.resolve(text);
  }
}

function literal(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
