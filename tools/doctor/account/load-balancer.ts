import {
  DescribeListenerCertificatesCommand,
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ask, askIfPresent } from "./ask";

export interface LiveTargetGroup {
  readonly name: string;
  readonly arn: string;
  readonly balancerArns: readonly string[];
  /** By AWS's names, such as `stickiness.enabled`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly healthCheck: string;
  readonly targets: readonly LiveTarget[];
}

export interface LiveTarget {
  /** Address and port. */
  readonly id: string;
  readonly state: string;
  /** AWS's code, such as `Target.Timeout`; empty for a healthy one. */
  readonly reason: string;
  readonly description: string;
}

export interface LiveBalancer {
  readonly name: string;
  readonly dnsName: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly securityGroupIds: readonly string[];
  readonly subnetIds: readonly string[];
  readonly listeners: readonly LiveListener[];
}

export interface LiveListener {
  readonly port: number;
  readonly protocol: string;
  readonly certificateArns: readonly string[];
}

/** Reads the target groups of a service; one that was deleted is missing. */
export async function readTargetGroups(
  elb: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<readonly LiveTargetGroup[]> {
  const groups: LiveTargetGroup[] = [];
  for (const arn of arns) {
    const answer = await askIfPresent(
      "elasticloadbalancing:DescribeTargetGroups",
      ["TargetGroupNotFoundException", "TargetGroupNotFound"],
      elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] })),
    );
    const group = answer?.TargetGroups?.[0];
    if (group !== undefined) groups.push(await withHealth(elb, arn, group));
  }
  return groups;
}

async function withHealth(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
  group: TargetGroup,
): Promise<LiveTargetGroup> {
  const { Attributes = [] } = await ask(
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn })),
  );
  const { TargetHealthDescriptions = [] } = await ask(
    "elasticloadbalancing:DescribeTargetHealth",
    elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn })),
  );
  const { TargetGroupName = "", LoadBalancerArns = [], HealthCheckProtocol, HealthCheckPath, Matcher } = group;
  return {
    name: TargetGroupName,
    arn,
    balancerArns: LoadBalancerArns,
    attributes: record(Attributes),
    healthCheck: `${HealthCheckProtocol ?? "HTTP"} ${HealthCheckPath ?? "/"}, expecting ${Matcher?.HttpCode ?? "200"}`,
    targets: TargetHealthDescriptions.map(({ Target, TargetHealth }) => ({
      id: `${Target?.Id ?? ""}:${Target?.Port ?? ""}`,
      state: TargetHealth?.State ?? "unknown",
      reason: TargetHealth?.Reason ?? "",
      description: TargetHealth?.Description ?? "",
    })),
  };
}

export async function readBalancers(
  elb: ElasticLoadBalancingV2Client,
  arns: readonly string[],
): Promise<readonly LiveBalancer[]> {
  if (arns.length === 0) return [];
  const { LoadBalancers = [] } = await ask(
    "elasticloadbalancing:DescribeLoadBalancers",
    elb.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [...arns] })),
  );
  return Promise.all(LoadBalancers.map((balancer) => withListeners(elb, balancer)));
}

async function withListeners(elb: ElasticLoadBalancingV2Client, balancer: LoadBalancer): Promise<LiveBalancer> {
  const { LoadBalancerArn, LoadBalancerName = "", DNSName = "", State, SecurityGroups = [] } = balancer;
  const { Attributes = [] } = await ask(
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    elb.send(new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn })),
  );
  const { Listeners = [] } = await ask(
    "elasticloadbalancing:DescribeListeners",
    elb.send(new DescribeListenersCommand({ LoadBalancerArn })),
  );
  return {
    name: LoadBalancerName,
    dnsName: DNSName,
    state: State?.Code ?? "",
    attributes: record(Attributes),
    securityGroupIds: SecurityGroups,
    subnetIds: (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
    listeners: await Promise.all(Listeners.map((listener) => withCertificates(elb, listener))),
  };
}

/** A listener has a default certificate, and may have others for other names. */
async function withCertificates(elb: ElasticLoadBalancingV2Client, listener: Listener): Promise<LiveListener> {
  const { ListenerArn, Port = 0, Protocol = "", Certificates: defaults = [] } = listener;
  const { Certificates: all = [] } =
    defaults.length === 0
      ? {}
      : await ask(
          "elasticloadbalancing:DescribeListenerCertificates",
          elb.send(new DescribeListenerCertificatesCommand({ ListenerArn })),
        );
  const arns = [...defaults, ...all].flatMap(({ CertificateArn }) => CertificateArn ?? []);
  return { port: Port, protocol: Protocol, certificateArns: [...new Set(arns)] };
}

function record(attributes: readonly { Key?: string | undefined; Value?: string | undefined }[]) {
  return Object.fromEntries(attributes.map(({ Key = "", Value = "" }) => [Key, Value]));
}
