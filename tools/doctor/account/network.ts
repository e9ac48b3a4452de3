import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  type EC2Client,
  type IpPermission,
  type RouteTable,
} from "@aws-sdk/client-ec2";
import { type Rule, type SecurityGroup } from "../network/rules";
import { ask } from "./ask";

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly block: string;
}

/** The route of a subnet to the internet. */
export interface SubnetRoutes {
  readonly subnetId: string;
  /** What 0.0.0.0/0 goes to, such as `nat-0a1b`; `undefined` when there is no such route. */
  readonly internet: { readonly target: string; readonly isBlackhole: boolean } | undefined;
  readonly routeTableId: string;
}

export async function readSecurityGroups(ec2: EC2Client, ids: readonly string[]): Promise<readonly SecurityGroup[]> {
  if (ids.length === 0) return [];
  const query = new DescribeSecurityGroupsCommand({ GroupIds: [...ids] });
  const { SecurityGroups = [] } = await ask("ec2:DescribeSecurityGroups", ec2.send(query));
  return SecurityGroups.map(({ GroupId = "", GroupName = "", IpPermissions = [], IpPermissionsEgress = [] }) => ({
    id: GroupId,
    name: GroupName,
    ingress: IpPermissions.map(rule),
    egress: IpPermissionsEgress.map(rule),
  }));
}

function rule(permission: IpPermission): Rule {
  const { IpProtocol = "-1", FromPort = 0, ToPort = 65_535 } = permission;
  return {
    protocol: IpProtocol,
    fromPort: FromPort,
    toPort: ToPort,
    groups: (permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    blocks: (permission.IpRanges ?? []).flatMap(({ CidrIp }) => CidrIp ?? []),
    prefixLists: (permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
  };
}

export async function readSubnets(ec2: EC2Client, ids: readonly string[]): Promise<readonly Subnet[]> {
  if (ids.length === 0) return [];
  const { Subnets = [] } = await ask(
    "ec2:DescribeSubnets",
    ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] })),
  );
  return Subnets.map(({ SubnetId = "", VpcId = "", CidrBlock = "" }) => ({
    id: SubnetId,
    vpcId: VpcId,
    block: CidrBlock,
  }));
}

/** Reads where each subnet sends what is for the internet. One without a table of its own has the VPC's main table. */
export async function readSubnetRoutes(ec2: EC2Client, subnets: readonly Subnet[]): Promise<readonly SubnetRoutes[]> {
  const [vpcId] = subnets.map((subnet) => subnet.vpcId);
  if (vpcId === undefined) return [];
  const query = new DescribeRouteTablesCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  const { RouteTables = [] } = await ask("ec2:DescribeRouteTables", ec2.send(query));
  const main = RouteTables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));
  return subnets.map(({ id }) => {
    const own = RouteTables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === id));
    const table = own ?? main;
    return { subnetId: id, internet: internetRoute(table), routeTableId: table?.RouteTableId ?? "" };
  });
}

function internetRoute(table: RouteTable | undefined): SubnetRoutes["internet"] {
  const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
  if (route === undefined) return undefined;
  const target =
    route.NatGatewayId ?? route.GatewayId ?? route.TransitGatewayId ?? route.NetworkInterfaceId ?? route.InstanceId;
  return { target: target ?? "", isBlackhole: route.State === "blackhole" };
}

/** Lists the services that the VPC has endpoints for, by the end of their names: `ecr.dkr`, `s3`. */
export async function readVpcEndpoints(ec2: EC2Client, vpcId: string): Promise<readonly string[]> {
  const query = new DescribeVpcEndpointsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  const { VpcEndpoints = [] } = await ask("ec2:DescribeVpcEndpoints", ec2.send(query));
  return VpcEndpoints.filter(({ State = "" }) => State.toLowerCase() === "available").map(({ ServiceName = "" }) =>
    ServiceName.split(".").slice(3).join("."),
  );
}
