import { type ITerraformDependable } from "cdktf";
import * as kind from "../core/kinds";

/** What tasks need from a network, whether created by `Network` or existing. */
export interface TaskNetwork {
  readonly vpcId: string;
  /** Subnets of at least two zones. */
  readonly taskSubnetIds: readonly string[];
  /** Whether tasks need a public address to reach anything outside the VPC. */
  readonly assignPublicIp: boolean;
  /**
   * IPv4 block of the VPC.
   * @default not known
   */
  readonly cidrBlock?: string | undefined;
  /**
   * Short names of the AWS services with an interface endpoint in the VPC, such as `ecr.api`.
   * @default not known
   */
  readonly interfaceEndpoints?: readonly string[] | undefined;
  /**
   * Whether tasks reach nothing outside the VPC but the services of `interfaceEndpoints` and S3. What they could not reach is refused.
   * @default not known: nothing is refused
   */
  readonly endpointsOnly?: boolean | undefined;
  /**
   * Id of the prefix list with S3's addresses, where S3 has a gateway endpoint.
   * @default not known
   */
  readonly s3PrefixListId?: string | undefined;
  /**
   * Adds the interface endpoint of a service unless it exists, and returns what has to exist before the endpoint answers.
   * @default none can be added
   */
  readonly addInterfaceEndpoint?: ((service: string) => readonly ITerraformDependable[]) | undefined;
  /**
   * What has to exist before a task reaches anything outside the VPC or an AWS API; three tasks that cannot fail a deploy.
   * @default nothing: the network exists already
   */
  readonly taskDependencies?: readonly ITerraformDependable[] | undefined;
}

/** An ECS cluster that exists already and has the capacity providers FARGATE and FARGATE_SPOT. */
export interface ClusterRef {
  readonly arn: string;
  readonly name: string;
}

/** What the service needs from a load balancer and its target group. */
export interface LoadBalancerTarget {
  readonly targetGroupArn: string;
  /** `targetgroup/name/id`, as CloudWatch names it. */
  readonly targetGroupArnSuffix: string;
  /** `app/name/id`, as CloudWatch names it. */
  readonly loadBalancerArnSuffix: string;
  readonly loadBalancerSecurityGroupId: string;
  /** Port that the target group sends requests to: the container's port. */
  readonly containerPort: number;
  /**
   * What the target group takes: the addresses of tasks, or instances.
   * @default not known
   */
  readonly targetType?: "ip" | "instance" | undefined;
  /** Seconds between deregistering a task and its SIGTERM. */
  readonly deregistrationDelaySec: number;
  /** Seconds that a healthy task needs at most until the load balancer sends it traffic: interval times threshold. */
  readonly healthySec: number;
  /** What has to exist before the target group can be used: the listener and its rules. */
  readonly dependencies: readonly ITerraformDependable[];
}

/** A TCP endpoint with a security group that tasks connect to: a database, a cache. */
export interface ConnectionTarget {
  readonly securityGroupId: string;
  readonly port: number;
}

/** A CloudWatch metric that every task reports: a gauge, zeros included. */
export interface MetricRef {
  readonly namespace: string;
  readonly metricName: string;
  /** The same for every task; a dimension with the task's id would create a metric for each. */
  readonly dimensions: Readonly<Record<string, string>>;
}

export const ADAPTERS = ["in-memory", "redis", "sharded-redis", "redis-streams"] as const;

/** How a Socket.IO server reaches the sockets of the other tasks. */
export type Adapter = (typeof ADAPTERS)[number];

export interface FanOutProps {
  /** The Socket.IO adapter that the app is configured with; `in-memory` reaches no other task. */
  readonly adapter: Adapter;
  /**
   * Adapters that the cache can serve, from the cache construct: ElastiCache Serverless refuses the PSUBSCRIBE of `redis`.
   * @default not checked
   */
  readonly supportedAdapters?: readonly string[] | undefined;
}

export const TASK_NETWORK = kind.looseObject<TaskNetwork>({
  vpcId: kind.string,
  taskSubnetIds: kind.array(kind.string),
  assignPublicIp: kind.boolean,
  cidrBlock: kind.string,
  interfaceEndpoints: kind.array(kind.string),
  endpointsOnly: kind.boolean,
  s3PrefixListId: kind.string,
  addInterfaceEndpoint: kind.method("Pass a Network, or omit it."),
  taskDependencies: kind.array(kind.dependency("Pass a Network, or omit it for a network that exists already.")),
});

export const CLUSTER = kind.looseObject<ClusterRef>({ arn: kind.string, name: kind.string });

export const LOAD_BALANCER = kind.looseObject<LoadBalancerTarget>({
  targetGroupArn: kind.string,
  targetGroupArnSuffix: kind.string,
  loadBalancerArnSuffix: kind.string,
  loadBalancerSecurityGroupId: kind.string,
  containerPort: kind.number,
  targetType: kind.string,
  deregistrationDelaySec: kind.number,
  healthySec: kind.number,
  dependencies: kind.array(kind.dependency("Pass what addService() of the load balancer returns.")),
});

export const CONNECTION = kind.looseObject<ConnectionTarget>({ securityGroupId: kind.string, port: kind.number });

export const METRIC = kind.object<MetricRef>({
  namespace: kind.string,
  metricName: kind.string,
  dimensions: kind.record(kind.string),
});

export const FAN_OUT = kind.object<FanOutProps>({
  adapter: kind.oneOf(ADAPTERS, "Name the Socket.IO adapter that the app is configured with."),
  supportedAdapters: kind.array(kind.string),
});
