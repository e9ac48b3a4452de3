import { ref, Token } from "cdktf";
import { ConfigurationError } from "../../../modules/core";
import { existingNetwork } from "../../../modules/network";
import { withoutCodes } from "../../helpers/refusal";

const props = {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "10.0.0.0/16",
  publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

it("has the same shape as Network, with the private subnets as the default data subnets", () => {
  expect(existingNetwork(props)).toEqual({
    ...props,
    isolatedSubnetIds: props.privateSubnetIds,
    taskSubnetIds: props.privateSubnetIds,
    assignPublicIp: false,
  });
  expect(existingNetwork({ ...props, assignPublicIp: true }).taskSubnetIds).toEqual(props.publicSubnetIds);
});

it("accepts values known only at apply", () => {
  const privateSubnetIds = Token.asList(ref("data.aws_subnets.private.ids"));
  expect(
    existingNetwork({ ...props, vpcId: Token.asString(ref("data.aws_vpc.main.id")), privateSubnetIds }).vpcId,
  ).toContain("TfToken[");
});

it("accepts an expression for a whole tier, in each form of token", () => {
  const tier = ref("data.aws_subnets.private.ids") as unknown as string[];
  const network = existingNetwork({ ...props, privateSubnetIds: tier });
  expect(Token.isUnresolved(network.privateSubnetIds)).toBe(true);
  expect(network.isolatedSubnetIds).toBe(network.privateSubnetIds);
});

const source = "Take it from the VPC console or from the stack that made it.";
const tier = "Pass one subnet in each of at least two zones.";
function refused(changes: object): string[] {
  try {
    existingNetwork({ ...props, ...changes });
  } catch (error) {
    if (error instanceof ConfigurationError) return withoutCodes(error.message).split("\n");
    throw error;
  }
  throw new Error("went through");
}

it.each<[string, object, string]>([
  ["no VPC", { vpcId: undefined }, "vpcId: expected a value, got nothing. Pass the id of the VPC."],
  [
    "a name for the VPC",
    { vpcId: "my-vpc" },
    `vpcId: expected an id such as vpc-0123456789abcdef0, got "my-vpc". ${source}`,
  ],
  ["no block", { cidrBlock: " " }, 'cidrBlock: expected a value, got " ". Take it from the VPC console.'],
  [
    "a malformed CIDR block",
    { cidrBlock: "10.0.0.0" },
    'cidrBlock: expected an IPv4 CIDR, such as 10.0.0.0/16, got "10.0.0.0". Take it from the VPC console.',
  ],
  ["no private subnets", { privateSubnetIds: [] }, `privateSubnetIds: expected at least 2, got 0. ${tier}`],
  [
    "one isolated subnet",
    { isolatedSubnetIds: ["subnet-0123456789abcdef0"] },
    `isolatedSubnetIds: expected at least 2, got 1 (subnet-0123456789abcdef0). ${tier}`,
  ],
  [
    "a subnet twice",
    { publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"] },
    `publicSubnetIds: expected each subnet once, got "subnet-0123456789abcdef0". ${tier}`,
  ],
  [
    "a subnet by its number",
    { publicSubnetIds: ["subnet-1", "subnet-0123456789abcdef0"] },
    `publicSubnetIds: expected an id such as subnet-0123456789abcdef0, got "subnet-1". ${source}`,
  ],
  [
    "a switch that is known only at apply",
    { assignPublicIp: ref("var.public") },
    "assignPublicIp: expected a literal true or false, got a value that is known only at apply. It decides what is synthesized, so it must be known at synth.",
  ],
  [
    "a typing mistake",
    { privateSubnets: [] },
    "privateSubnets: expected a prop that exists, got an unknown one. Known props: assignPublicIp, cidrBlock, endpointsOnly, interfaceEndpoints, isolatedSubnetIds, privateSubnetIds, publicSubnetIds, vpcId.",
  ],
])("refuses %s", (_, changes, message) => expect(refused(changes)).toEqual([`[existing network] ${message}`]));

it("reports every problem at once", () => {
  const lines = refused({ vpcId: "my-vpc", privateSubnetIds: [], publicSubnetIds: null });
  expect(lines.map((line) => line.split(" ")[2])).toEqual(["publicSubnetIds:", "vpcId:", "privateSubnetIds:"]);
});

it.each<[string, object, string]>([
  [
    "that its endpoints are the only way out without saying which",
    { endpointsOnly: true },
    "interfaceEndpoints: expected a value, got nothing. List them, or leave out endpointsOnly.",
  ],
  [
    "endpoints by their whole names",
    { interfaceEndpoints: ["com.amazonaws.ap-northeast-1.logs"] },
    'interfaceEndpoints: expected short service names, such as ecr.api, got "com.amazonaws.ap-northeast-1.logs". Leave out the prefix com.amazonaws.<region>.',
  ],
])("refuses %s", (_case, changes, message) => expect(refused(changes)).toEqual([`[existing network] ${message}`]));
