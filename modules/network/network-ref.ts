import { type ITerraformDependable } from "cdktf";

/** What other constructs need to know about a network, whether created here or existing. */
export interface NetworkRef {
  readonly vpcId: string;
  /** IPv4 block of the VPC. */
  readonly cidrBlock: string;
  /** For load balancers. */
  readonly publicSubnetIds: readonly string[];
  /** For tasks. */
  readonly privateSubnetIds: readonly string[];
  /** For databases and caches: no route out of the VPC. */
  readonly isolatedSubnetIds: readonly string[];
  /** Where tasks run: the private subnets, or the public ones when tasks have public addresses. */
  readonly taskSubnetIds: readonly string[];
  /** Whether tasks need a public address to reach anything outside the VPC. */
  readonly assignPublicIp: boolean;
  /**
   * Short names of the AWS services with an interface endpoint in the VPC, such as `ecr.api`.
   * @default not known
   */
  readonly interfaceEndpoints?: readonly string[] | undefined;
  /**
   * Whether tasks reach nothing outside the VPC but the services of `interfaceEndpoints` and S3.
   * @default not known
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
   * What has to exist before the public subnets are connected to the internet: for public load balancers.
   * @default nothing: the network exists already
   */
  readonly publicDependencies?: readonly ITerraformDependable[] | undefined;
  /**
   * What has to exist before a task reaches anything outside the VPC or an AWS API: routes, NAT, endpoints and their rules.
   * @default nothing: the network exists already
   */
  readonly taskDependencies?: readonly ITerraformDependable[] | undefined;
}
