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
}
