import { ref, Token } from "cdktf";
import { existingNetwork } from "../../../modules/network";

const props = {
  vpcId: "vpc-0123456789abcdef0",
  cidrBlock: "10.0.0.0/16",
  publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  privateSubnetIds: ["subnet-0123456789abcdef2", "subnet-0123456789abcdef3"],
};

it("has the shape of a network of ours, data subnets falling back to the private ones", () => {
  expect(existingNetwork(props)).toEqual({
    ...props,
    isolatedSubnetIds: props.privateSubnetIds,
    taskSubnetIds: props.privateSubnetIds,
    assignPublicIp: false,
  });
  expect(existingNetwork({ ...props, assignPublicIp: true }).taskSubnetIds).toEqual(props.publicSubnetIds);
});

it("takes what is known only at apply", () => {
  const privateSubnetIds = Token.asList(ref("data.aws_subnets.private.ids"));
  expect(
    existingNetwork({ ...props, vpcId: Token.asString(ref("data.aws_vpc.main.id")), privateSubnetIds }).vpcId,
  ).toContain("TfToken[");
});

it("refuses a VPC without private subnets, and ids that are none, all at once", () => {
  expect(() =>
    existingNetwork({
      ...props,
      vpcId: "my-vpc",
      privateSubnetIds: [],
      publicSubnetIds: ["subnet-1", "subnet-0123456789abcdef1"],
    }),
  ).toThrow(
    [
      '[existing network] vpcId: expected an id such as vpc-0123456789abcdef0, got "my-vpc". Take it from the VPC console or from the stack that made it.',
      '[existing network] publicSubnetIds: expected an id such as subnet-0123456789abcdef0, got "subnet-1". Take it from the VPC console or from the stack that made it.',
      "[existing network] privateSubnetIds: expected at least 2 subnets, in different zones, got 0. Pass one subnet for each zone.",
    ].join("\n"),
  );
});
