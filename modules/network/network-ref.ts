/** What other constructs need of a network: ours, or one that exists already. */
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
  /** Where tasks run: the private subnets, or the public ones when tasks have addresses of their own. */
  readonly taskSubnetIds: readonly string[];
  /** Whether tasks need a public address to reach anything outside the VPC. */
  readonly assignPublicIp: boolean;
}
