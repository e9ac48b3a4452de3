import { at, first, type Json } from "../terraform/json";

/** The six characters that Secrets Manager appends to a secret's ARN. */
const SUFFIX = "AbCdEf";
export const DATABASE_RESOURCE_ID = "db-ABCDEFGHIJKLMNOPQRSTUVWXYZ";

type Resource = Readonly<Record<string, Json>>;

/** Computes the ARN of a resource as AWS would, from its resolved name. */
type ArnOf = (name: string, place: { readonly region: string; readonly account: string }) => string;

const regional = (service: string, resource: (name: string) => string): ArnOf => {
  return (name, { region, account }) => `arn:aws:${service}:${region}:${account}:${resource(name)}`;
};

/** What names a resource in its ARN, and the ARN. Source: service authorization reference, "Resource types defined by ...". */
const ARNS: Readonly<Record<string, readonly [name: string, arn: ArnOf]>> = {
  // The id at the end is chosen by AWS.
  aws_apprunner_auto_scaling_configuration_version: [
    "auto_scaling_configuration_name",
    regional("apprunner", (name) => `autoscalingconfiguration/${name}/1/${"0".repeat(32)}`),
  ],
  aws_apprunner_observability_configuration: [
    "observability_configuration_name",
    regional("apprunner", (name) => `observabilityconfiguration/${name}/1/${"0".repeat(32)}`),
  ],
  aws_apprunner_service: ["service_name", regional("apprunner", (name) => `service/${name}/${"0".repeat(32)}`)],
  aws_apprunner_vpc_connector: [
    "vpc_connector_name",
    regional("apprunner", (name) => `vpcconnector/${name}/1/${"0".repeat(32)}`),
  ],
  aws_cloudwatch_composite_alarm: ["alarm_name", regional("cloudwatch", (name) => `alarm:${name}`)],
  aws_cloudwatch_metric_alarm: ["alarm_name", regional("cloudwatch", (name) => `alarm:${name}`)],
  aws_cloudwatch_log_group: ["name", regional("logs", (name) => `log-group:${name}`)],
  aws_db_instance: ["identifier", regional("rds", (name) => `db:${name}`)],
  aws_db_proxy: ["", regional("rds", (name) => `db-proxy:prx-${name}`)],
  aws_ecr_repository: ["name", regional("ecr", (name) => `repository/${name}`)],
  aws_ecs_cluster: ["name", regional("ecs", (name) => `cluster/${name}`)],
  aws_elasticache_replication_group: [
    "replication_group_id",
    regional("elasticache", (name) => `replicationgroup:${name}`),
  ],
  aws_elasticache_serverless_cache: ["name", regional("elasticache", (name) => `serverlesscache:${name}`)],
  aws_elasticache_user: ["user_id", regional("elasticache", (name) => `user:${name}`)],
  aws_iam_role: ["name", (name, { account }) => `arn:aws:iam::${account}:role/${name}`],
  aws_kms_key: ["", regional("kms", (name) => `key/${name}`)],
  aws_rds_cluster: ["cluster_identifier", regional("rds", (name) => `cluster:${name}`)],
  aws_s3_bucket: ["bucket", (name) => `arn:aws:s3:::${name}`],
  aws_secretsmanager_secret: ["name", regional("secretsmanager", (name) => `secret:${name}-${SUFFIX}`)],
  aws_security_group: ["", regional("ec2", () => "security-group/sg-0123456789abcdef0")],
  aws_sfn_state_machine: ["name", regional("states", (name) => `stateMachine:${name}`)],
  aws_sns_topic: ["name", regional("sns", (name) => name)],
};

/** The values of Terraform's expressions in a synthesized stack, as they would be after an apply. */
export class Expressions {
  /** Account and region of the stack's provider; the documentation's account and Tokyo where it names none. */
  readonly account: string;
  readonly region: string;

  constructor(private readonly stack: Json) {
    const providers = (at(stack, "provider", "aws") ?? []) as readonly Json[];
    const provider = providers.find((each) => at(each, "alias") === undefined);
    this.account = textOr(first(at(provider, "allowed_account_ids")), "123456789012");
    this.region = textOr(at(provider, "region"), "ap-northeast-1");
  }

  /** Resolves every `${...}` in a text. @throws Error for an expression that is not known here, so that none passes unseen */
  resolve(text: string): string {
    const start = text.indexOf("${");
    if (start < 0) return text;
    const end = closingBrace(text, start + 1);
    return text.slice(0, start) + this.evaluate(text.slice(start + 2, end).trim()) + this.resolve(text.slice(end + 1));
  }

  /** The resource at an address. */
  resource(type: string, name: string): Resource {
    const found = at(this.stack, "resource", type, name);
    if (found === undefined) throw new Error(`no resource ${type}.${name}`);
    return found as Resource;
  }

  private evaluate(expression: string): string {
    const element = /^element\(split\(":", (.+)\), (\d+)\)$/.exec(expression);
    if (element) return this.evaluate(element[1] ?? "").split(":")[Number(element[2])] ?? "";
    const local = /^local\.(\S+)$/.exec(expression);
    if (local) return this.resolve(at(this.stack, "locals", local[1] ?? "") as string);
    const choice = /^local\.[\w-]+ == "" \? "([^"]*)" : .*$/.exec(expression);
    if (choice) return choice[1] ?? "";
    const escaped = /^trimsuffix\(trimprefix\(jsonencode\((local\.[^)]+)\), .*\)$/.exec(expression);
    if (escaped) return this.evaluate(escaped[1] ?? "");
    const attribute = /^(aws_\w+)\.([\w-]+)\.(.+)$/.exec(expression);
    if (attribute) return this.attribute(attribute[1] ?? "", attribute[2] ?? "", attribute[3] ?? "");
    throw new Error(`no value for the expression \${${expression}}`);
  }

  private attribute(type: string, name: string, path: string): string {
    const resource = this.resource(type, name);
    if (path === "arn" || (path === "id" && type === "aws_secretsmanager_secret"))
      return this.arn(type, name, resource);
    if (path === "id" && type === "aws_s3_bucket") return this.nameOf(resource, "bucket", name);
    if (path === "id" && type === "aws_ecr_repository") return this.nameOf(resource, "name", name);
    if (path === "master_user_secret[0].secret_arn") {
      return `arn:aws:secretsmanager:${this.regionOf(resource)}:${this.account}:secret:rds!${name}-${SUFFIX}`;
    }
    if (path === "resource_id" || path === "cluster_resource_id") return DATABASE_RESOURCE_ID;
    if (/address|endpoint/.test(path)) return `${name}.example.com`;
    if (path === "repository_url") {
      const host = `${this.account}.dkr.ecr.${this.regionOf(resource)}.amazonaws.com`;
      return `${host}/${this.nameOf(resource, "name", name)}`;
    }
    const literal = resource[path];
    return typeof literal === "string" ? this.resolve(literal) : `${name}-${path}`;
  }

  private arn(type: string, name: string, resource: Resource): string {
    if (type === "aws_secretsmanager_secret_version") return this.resolve(resource["secret_id"] as string);
    if (type === "aws_sns_topic_policy") return this.resolve(resource["arn"] as string);
    const known = ARNS[type];
    if (known === undefined) throw new Error(`no ARN for ${type}.${name}`);
    const [nameAttribute, arnOf] = known;
    return arnOf(this.nameOf(resource, nameAttribute, name), {
      region: this.regionOf(resource),
      account: this.account,
    });
  }

  private nameOf(resource: Resource, attribute: string, otherwise: string): string {
    const given = resource[attribute] ?? resource[`${attribute}_prefix`];
    return typeof given === "string" ? this.resolve(given) : otherwise;
  }

  /** The stacks' second provider is named after its region. */
  private regionOf({ provider }: Resource): string {
    return typeof provider === "string" ? provider.replace("aws.", "") : this.region;
  }
}

function textOr(value: Json | undefined, otherwise: string): string {
  return typeof value === "string" && !value.includes("${") ? value : otherwise;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "{") depth += 1;
    if (text[index] === "}") depth -= 1;
    if (depth === 0) return index;
  }
  throw new Error(`no closing brace in ${text}`);
}
