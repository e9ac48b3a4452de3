import { Token } from "cdktf";
import { Checks } from "../../../modules/core/checks";
import { checkVpc } from "../../../modules/core/vpc";

function check(vpcId: unknown, prop?: string): () => void {
  return () => {
    const checks = new Checks("env");
    checkVpc(checks, vpcId as string, prop);
    checks.throwIfInvalid();
  };
}

it.each(["vpc-0123456789abcdef0", Token.asString({ resolve: () => "x" })])("accepts %p", (vpcId) => {
  expect(check(vpcId)).not.toThrow();
});

it("refuses a missing VPC id", () => {
  expect(check(undefined)).toThrow(
    new Error("[env] network.vpcId: expected a value, got nothing. Pass the id of the VPC. (core/required)"),
  );
});

it("refuses the id of another kind of resource", () => {
  expect(check("subnet-0123456789abcdef0", "vpcId")).toThrow(
    /^\[env\] vpcId: expected .*vpc-.*, got "subnet-0123456789abcdef0"\. Take it from the VPC console or from the stack that made it\. \(core\/resource-id\)$/,
  );
});
