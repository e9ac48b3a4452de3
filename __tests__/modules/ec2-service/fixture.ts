import { type TerraformStack, Token } from "cdktf";
import { type LoadBalancerTarget, type MetricRef } from "../../../modules/fargate-service";
import { Ec2Service, type Ec2ServiceProps } from "../../../modules/ec2-service";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { parsed, type Template } from "../../helpers/template";

export const IMAGE = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0";
export const SECRET_ARN = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/nextauth-AbCd12";

export const loadBalancer: LoadBalancerTarget = {
  targetGroupArn: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
  targetGroupArnSuffix: "targetgroup/crm/0123456789abcdef",
  loadBalancerArnSuffix: "app/crm/fedcba9876543210",
  loadBalancerSecurityGroupId: "sg-0123456789abcdef0",
  containerPort: 8080,
  targetType: "instance",
  deregistrationDelaySec: 30,
  healthySec: 60,
  dependencies: [],
};

export const connectionMetric: MetricRef = {
  namespace: "MessengerCRM",
  metricName: "OpenConnections",
  dimensions: { Service: "crm-dev" },
};

export const minimal: Ec2ServiceProps = {
  name: "crm-dev",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: IMAGE,
  amiId: "ami-0123456789abcdef0",
  drainSec: 60,
  loadBalancer,
  fanOut: { adapter: "redis" },
  autoscaling: { minCount: 2, maxCount: 4 },
  metricsNamespace: "MessengerCRM/Instances",
};

/** Synthesizes the service with the minimal props and these. */
export function service(
  props: Partial<Ec2ServiceProps> = {},
  use: (service: Ec2Service, stack: TerraformStack) => void = () => {},
): Template {
  return synthesize((stack) => use(new Ec2Service(stack, "service", { ...minimal, ...props }), stack));
}

/** Returns every line of the error for these props. */
export function refusedLines(props: object): string[] {
  const lines = refusal((stack) => void new Ec2Service(stack, "service", { ...minimal, ...props }));
  return lines.map((line) => line.replace("[test/service] ", ""));
}

/** A value known only at apply. */
export const later = {
  number: Token.asNumber({ resolve: () => 100, creationStack: [] }),
  text: Token.asString({ resolve: () => "later", creationStack: [] }),
};

export interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Returns the statements of the IAM policy at a path, by Sid. */
export function statements(template: Template, path: string): Record<string, Statement> {
  const policy = parsed(template.resource("aws_iam_role_policy", path)["policy"]) as { Statement: Statement[] };
  return Object.fromEntries(policy.Statement.map((statement) => [statement.Sid, statement]));
}
