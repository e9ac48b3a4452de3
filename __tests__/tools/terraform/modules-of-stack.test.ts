import { modulesOfStack } from "../../../tools/terraform/modules-of-stack";

test("finds the module of each resource in its construct path", () => {
  const at = (path: string): { "//": { metadata: { path: string } } } => ({ "//": { metadata: { path } } });
  const stack = {
    resource: {
      aws_vpc: { network_vpc: at("messenger-crm-dev/network/vpc") },
      aws_subnet: { deep: at("messenger-crm-dev/network/public/a"), own: at("messenger-crm-dev/own") },
      aws_eip: { plain: {} },
    },
  };
  expect(Object.fromEntries(modulesOfStack(stack))).toEqual({
    "aws_vpc.network_vpc": "network",
    "aws_subnet.deep": "network",
    "aws_subnet.own": "(root)",
    "aws_eip.plain": "(root)",
  });
});
