import { FlowLogDestination, GatewayVpcEndpointAwsService, IpAddresses, SubnetType, Vpc } from "aws-cdk-lib/aws-ec2";
import { createLogGroup, type StackContext } from "./stack-context";

export function createVpc(context: StackContext): Vpc {
  const { stack, settings } = context;
  const { cidrBlock, natGateways, availabilityZones } = settings;
  const vpc = new Vpc(stack, "Vpc", {
    ipAddresses: IpAddresses.cidr(cidrBlock),
    availabilityZones,
    natGateways,
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [
      { name: "Public", subnetType: SubnetType.PUBLIC, cidrMask: 22 },
      {
        name: "Private",
        subnetType: natGateways > 0 ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED,
        cidrMask: 20,
      },
      { name: "Isolated", subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 22 },
    ],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
  });
  vpc.addFlowLog("FlowLogs", {
    destination: FlowLogDestination.toCloudWatchLogs(
      createLogGroup(context, "FlowLogGroup", `/vpc/${stack.stackName}/flow-logs`),
    ),
  });
  return vpc;
}
