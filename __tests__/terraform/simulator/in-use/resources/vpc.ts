import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand } from "@aws-sdk/client-ec2";
import { aws, fresh, nextNumber } from "../simulated";

const ZONES = ["ap-northeast-1a", "ap-northeast-1c"];

/** A VPC of two subnets in two zones, with a security group. */
export async function network() {
  const block = `10.${nextNumber() % 250}`;
  const { Vpc } = await aws.ec2.send(new CreateVpcCommand({ CidrBlock: `${block}.0.0/16` }));
  const VpcId = Vpc?.VpcId ?? "";
  const subnets: string[] = [];
  for (const [index, AvailabilityZone] of ZONES.entries()) {
    const CidrBlock = `${block}.${index}.0/24`;
    const { Subnet } = await aws.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }));
    subnets.push(Subnet?.SubnetId ?? "");
  }
  return { VpcId, subnets, group: await securityGroup(VpcId) };
}

export async function securityGroup(VpcId: string): Promise<string> {
  const { GroupId } = await aws.ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: fresh("g"), Description: "g" }),
  );
  return GroupId ?? "";
}
