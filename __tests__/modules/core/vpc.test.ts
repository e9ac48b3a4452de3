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

it.each(["vpc-0123456789abcdef0", Token.asString({ resolve: () => "x" })])("takes %p", (vpcId) => {
  expect(check(vpcId)).not.toThrow();
});

it("wants one", () => {
  expect(check(undefined)).toThrow(
    new Error("[env] network.vpcId: expected a value, got nothing. Pass the id of the VPC."),
  );
});

it("knows an id when it sees one", () => {
  expect(check("subnet-0123456789abcdef0", "vpcId")).toThrow(
    /^\[env\] vpcId: expected .*vpc-.*, got "subnet-0123456789abcdef0"\. Take it from the VPC console or from the stack that made it\.$/,
  );
});
