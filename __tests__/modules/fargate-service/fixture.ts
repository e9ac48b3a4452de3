import { TerraformResource, type TerraformStack, Token } from "cdktf";
import {
  FargateService,
  type FargateServiceProps,
  type LoadBalancerTarget,
  type MetricRef,
} from "../../../modules/fargate-service";
import { parsed, type Template } from "../../helpers/template";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

export const IMAGE = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0";
export const REPOSITORY_ARN = "arn:aws:ecr:ap-northeast-1:123456789012:repository/messenger-crm";
export const SECRET_ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12";
export const MASTER_ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-4f-XyZ987";

/** Returns the Terraform reference to an attribute of the resource at a construct path. */
export const reference = (template: Template, type: string, path: string, attribute: string): string => {
  const blocks = template.json.resource?.[type] ?? {};
  const name = Object.keys(blocks).find((key) => blocks[key]!["//"]?.metadata?.path === `test/${path}`);
  if (!name) throw new Error(`no ${type} at ${path}`);
  return `\${${type}.${name}.${attribute}}`;
};

export const minimal: FargateServiceProps = {
  name: "crm-dev",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: IMAGE,
  containerPort: 3000,
  fanOut: { adapter: "redis" },
};

export const loadBalancer: LoadBalancerTarget = {
  targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
  loadBalancerArnSuffix: "app/crm/fedcba9876543210",
  loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
  containerPort: 3000,
  deregistrationDelaySec: 30,
  healthySec: 60,
  dependencies: [],
};

export const connectionMetric: MetricRef = {
  namespace: "MessengerCRM",
  metricName: "OpenConnections",
  dimensions: { Service: "crm-dev" },
};

export const behindLoadBalancer: Partial<FargateServiceProps> = { loadBalancer, drainSec: 60 };

/** Synthesizes the service with the minimal props and these. */
export function service(
  props: Partial<FargateServiceProps> = {},
  use: (service: FargateService, stack: TerraformStack) => void = () => {},
): Template {
  return synthesize((stack) => use(new FargateService(stack, "service", { ...minimal, ...props }), stack));
}

/** A title, props added to the minimal ones (of any type, as JavaScript or a cast allows), and the one line of the error. */
export type Case = [string, object, string];

/** Returns every line of the error for these props. */
export function refusedLines(props: object): string[] {
  const lines = refusal((stack) => void new FargateService(stack, "service", { ...minimal, ...props }));
  return lines.map((line) => line.replace("[test/service] ", ""));
}

/** Returns the only line of the error for these props; fails when there are more. */
export function refused(props: object): string {
  const lines = refusedLines(props);
  if (lines.length !== 1) throw new Error(`expected one problem, got:\n${lines.join("\n")}`);
  return lines[0]!;
}

/** Values known only at apply. */
export const later = {
  number: Token.asNumber({ resolve: () => 100, creationStack: [] }),
  text: Token.asString({ resolve: () => "later", creationStack: [] }),
  list: Token.asList({ resolve: () => ["later"], creationStack: [] }),
};

export interface Container {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly [key: string]: unknown;
}

export function containers(template: Template): Container[] {
  return parsed(template.only("aws_ecs_task_definition")["container_definitions"]) as Container[];
}

export function container(template: Template, name: string): Container {
  const found = containers(template).find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
}

export interface Statement {
  readonly Sid?: string;
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

/** Returns the statements of the IAM policy at a path, by Sid. */
export function statements(template: Template, path: string): Record<string, Statement> {
  const policy = parsed(template.resource("aws_iam_role_policy", path)["policy"]) as { Statement: Statement[] };
  return Object.fromEntries(policy.Statement.map((statement, index) => [statement.Sid ?? `${index}`, statement]));
}

/** A stand-in for the listener that a service depends on. */
export class Listener extends TerraformResource {
  constructor(stack: TerraformStack) {
    super(stack, "listener", { terraformResourceType: "terraform_data" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {};
  }
}
