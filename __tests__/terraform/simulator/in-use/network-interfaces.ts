import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateVpcEndpointCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, DeleteLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { cache, cacheGroup } from "./resources/cache";
import { database, databaseGroup } from "./resources/database";
import { loadBalancer } from "./resources/load-balancer";
import { service } from "./resources/service";
import { network, securityGroup } from "./resources/vpc";
import { aws, expectRefused, fresh } from "./simulated";

const IMAGE = "ami-0123456789abcdef0";

describe("a subnet and a security group with network interfaces", () => {
  /** What holds an interface in the first subnet. */
  const HOLDERS: readonly (readonly [string, (made: Awaited<ReturnType<typeof network>>) => Promise<unknown>])[] = [
    [
      "a load balancer",
      ({ subnets, group }) =>
        aws.elb.send(new CreateLoadBalancerCommand({ Name: fresh("lb"), Subnets: subnets, SecurityGroups: [group] })),
    ],
    [
      "an interface of its own",
      ({ subnets, group }) =>
        aws.ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: subnets[0], Groups: [group] })),
    ],
    [
      "an interface endpoint",
      ({ VpcId, subnets, group }) =>
        aws.ec2.send(
          new CreateVpcEndpointCommand({
            VpcId,
            ServiceName: "com.amazonaws.ap-northeast-1.ssm",
            VpcEndpointType: "Interface",
            SubnetIds: subnets,
            SecurityGroupIds: [group],
          }),
        ),
    ],
    [
      "an instance",
      ({ subnets, group }) =>
        aws.ec2.send(
          new RunInstancesCommand({
            ImageId: IMAGE,
            MinCount: 1,
            MaxCount: 1,
            SubnetId: subnets[0],
            SecurityGroupIds: [group],
          }),
        ),
    ],
    ["a service", ({ subnets, group }) => service(subnets, group)],
    ["a database", async ({ subnets, group }) => database(await databaseGroup(subnets), group)],
    ["a cache", async ({ subnets, group }) => cache(await cacheGroup(subnets), { SecurityGroupIds: [group] })],
  ];

  it.each(HOLDERS)("stay: %s", async (_, hold) => {
    const made = await network();
    await hold(made);
    const SubnetId = made.subnets[0];
    await expectRefused(aws.ec2.send(new DeleteSubnetCommand({ SubnetId })), "DependencyViolation");
    const deletion = new DeleteSecurityGroupCommand({ GroupId: made.group });
    await expectRefused(aws.ec2.send(deletion), "DependencyViolation");
  });

  it("go once nothing is in them", async () => {
    const { VpcId, subnets, group, arn: LoadBalancerArn } = await loadBalancer();
    await aws.elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[0] }));
    await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group }));
    expect(VpcId).not.toBe("");
  });

  it("stay: a rule of another group", async () => {
    const { VpcId, group } = await network();
    const other = await securityGroup(VpcId);
    const UserIdGroupPairs = [{ GroupId: group }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs }];
    const rule = new AuthorizeSecurityGroupIngressCommand({ GroupId: other, IpPermissions });
    await aws.ec2.send(rule);
    await expectRefused(aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: group })), "DependencyViolation");
    await expectRefused(aws.ec2.send(rule), "InvalidPermission.Duplicate");
  });

  it("end Terraform's retries after a while, with a code that it does not retry", async () => {
    const { subnets } = await loadBalancer();
    const deletion = () => aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnets[0] }));
    for (let refusal = 0; refusal < 8; refusal++) await expectRefused(deletion(), "DependencyViolation");
    await expectRefused(deletion(), "DependencyViolation.StillAfterRetries");
  });
});
