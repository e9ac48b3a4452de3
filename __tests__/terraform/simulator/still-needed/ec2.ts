import {
  AuthorizeSecurityGroupIngressCommand,
  CreateFlowLogsCommand,
  CreateLaunchTemplateCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeFlowLogsCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  ModifySecurityGroupRulesCommand,
} from "@aws-sdk/client-ec2";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { type Clients } from "../../../helpers/aws-clients";
import { type Gap } from "./gap";

/** Amazon's IPv6 block of a new VPC, and the id of a subnet's share of it. */
async function dualStackSubnet({ ec2 }: Clients): Promise<string | undefined> {
  const block = { CidrBlock: "10.9.0.0/16", AmazonProvidedIpv6CidrBlock: true };
  const { VpcId = "" } = (await ec2.send(new CreateVpcCommand(block))).Vpc ?? {};
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
  const Ipv6CidrBlock = Vpcs[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock?.replace("/56", "/64");
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.9.0.0/24", Ipv6CidrBlock }));
  return Subnet?.Ipv6CidrBlockAssociationSet?.[0]?.AssociationId;
}

export const EC2_GAPS: readonly Gap[] = [
  [
    "ec2: the IPv6 block of a subnet, by its association",
    async (aws) => {
      const association = await dualStackSubnet(aws);
      const Filters = [{ Name: "ipv6-cidr-block-association.association-id", Values: [association ?? ""] }];
      const { Subnets } = await aws.ec2.send(new DescribeSubnetsCommand({ Filters }));
      return Subnets?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlockState?.State === "associated";
    },
  ],
  [
    "ec2: another prefix list of a security group rule",
    async ({ ec2 }) => {
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
      const GroupId = SecurityGroups[0]?.GroupId;
      const port = { IpProtocol: "tcp", FromPort: 444, ToPort: 444 };
      const rule = { ...port, PrefixListIds: [{ PrefixListId: "pl-0123456789abcdef0" }] };
      const made = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
      const SecurityGroupRuleId = made.SecurityGroupRules?.[0]?.SecurityGroupRuleId;
      const SecurityGroupRule = { ...port, PrefixListId: "pl-0123456789abcdef1" };
      const SecurityGroupRules = [{ SecurityGroupRuleId, SecurityGroupRule }];
      await ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules }));
      const SecurityGroupRuleIds = [SecurityGroupRuleId ?? ""];
      const found = await ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds }));
      return found.SecurityGroupRules?.[0]?.PrefixListId === "pl-0123456789abcdef1";
    },
  ],
  [
    "ec2: a launch template's own tags, apart from those of what it launches",
    async ({ ec2 }) => {
      const LaunchTemplateName = "tagged";
      const Tags = [{ Key: "a", Value: "b" }];
      const LaunchTemplateData = { TagSpecifications: [{ ResourceType: "instance" as const, Tags }] };
      const TagSpecifications = [{ ResourceType: "launch-template" as const, Tags }];
      await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData, TagSpecifications }));
      const query = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName });
      const { LaunchTemplateVersions } = await ec2.send(query);
      return LaunchTemplateVersions?.[0]?.LaunchTemplateData?.TagSpecifications?.length === 1;
    },
  ],
  [
    "ec2: the description of a rule between security groups",
    async ({ ec2 }) => {
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
      const GroupId = SecurityGroups[0]?.GroupId ?? "";
      const pair = { GroupId, Description: "described" };
      const permission = { IpProtocol: "tcp", FromPort: 1, ToPort: 1, UserIdGroupPairs: [pair] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [permission] }));
      const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
      return SecurityGroupRules.some(({ Description }) => Description === "described");
    },
  ],
  [
    "ec2: deleting a gateway endpoint once more",
    async ({ ec2 }) => {
      const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
      const { VpcId, RouteTableId = "" } = RouteTables[0] ?? {};
      const ServiceName = "com.amazonaws.ap-northeast-1.s3";
      const gateway = { VpcId, ServiceName, VpcEndpointType: "Gateway" } as const;
      const { VpcEndpoint } = await ec2.send(
        new CreateVpcEndpointCommand({ ...gateway, RouteTableIds: [RouteTableId] }),
      );
      const deletion = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ""] });
      await ec2.send(deletion);
      return !!(await ec2.send(deletion));
    },
  ],
  [
    "ec2: the delivery of a flow log to a log group's ARN, if there is one",
    async ({ ec2, logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/flows/there" }));
      const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
      const stateOf = async (name: string) => {
        const created = await ec2.send(
          new CreateFlowLogsCommand({
            ResourceType: "VPC",
            ResourceIds: [Vpcs[0]?.VpcId ?? ""],
            TrafficType: "ALL",
            LogDestination: `arn:aws:logs:ap-northeast-1:123456789012:log-group:${name}`,
            DeliverLogsPermissionArn: "arn:aws:iam::123456789012:role/flows",
          }),
        );
        const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand({ FlowLogIds: created.FlowLogIds }));
        return FlowLogs?.[0]?.DeliverLogsStatus;
      };
      return (await stateOf("/flows/there")) === "SUCCESS" && (await stateOf("/flows/missing")) === "FAILED";
    },
  ],
];
