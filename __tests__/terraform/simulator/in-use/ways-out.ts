import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DetachInternetGatewayCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { network } from "./resources/vpc";
import { aws, expectRefused, report } from "./simulated";

const IMAGE = "ami-0123456789abcdef0";

describe("ways out of a VPC", () => {
  async function gateway() {
    const { VpcId, subnets } = await network();
    const { InternetGateway } = await aws.ec2.send(new CreateInternetGatewayCommand({}));
    const InternetGatewayId = InternetGateway?.InternetGatewayId;
    await aws.ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId }));
    const { AllocationId } = await aws.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    const created = await aws.ec2.send(new CreateNatGatewayCommand({ SubnetId: subnets[0], AllocationId }));
    const { RouteTable } = await aws.ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId;
    return { VpcId, subnets, InternetGatewayId, RouteTableId, NatGatewayId: created.NatGateway?.NatGatewayId };
  }

  it("stay: an internet gateway while a NAT gateway has a public address", async () => {
    const { VpcId, InternetGatewayId, NatGatewayId } = await gateway();
    const detach = new DetachInternetGatewayCommand({ VpcId, InternetGatewayId });
    await expectRefused(aws.ec2.send(detach), "DependencyViolation");
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    await aws.ec2.send(detach);
  });

  it("go, and are reported as interruptions: a NAT gateway or instance that a route leads to", async () => {
    const { RouteTableId, NatGatewayId, subnets } = await gateway();
    const DestinationCidrBlock = "0.0.0.0/0";
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NatGatewayId }));
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    const text = `${NatGatewayId} was deleted while the route 0.0.0.0/0 of ${RouteTableId} leads to it: its traffic stops`;
    expect((await report()).interruptions).toContain(text);
    await aws.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    const launch = new RunInstancesCommand({ ImageId: IMAGE, MinCount: 1, MaxCount: 1, SubnetId: subnets[0] });
    const { InstanceId, NetworkInterfaces } = (await aws.ec2.send(launch)).Instances?.[0] ?? {};
    const { NetworkInterfaceId } = NetworkInterfaces?.[0] ?? {};
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NetworkInterfaceId }));
    await aws.ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId ?? ""] }));
    const { interruptions } = await report();
    expect(interruptions.join("\n")).toContain(`${InstanceId} was deleted while the route`);
  });

  it("go silently after their routes", async () => {
    const { RouteTableId, NatGatewayId } = await gateway();
    const DestinationCidrBlock = "0.0.0.0/0";
    await aws.ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, NatGatewayId }));
    await aws.ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock }));
    await aws.ec2.send(new DeleteNatGatewayCommand({ NatGatewayId }));
    expect((await report()).interruptions.join("\n")).not.toContain(`${NatGatewayId}`);
  });
});
