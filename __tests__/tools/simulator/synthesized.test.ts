import { foreignResources, modulesOf } from "../../../tools/simulator/synthesized";

const ARN = "arn:aws:acm:ap-northeast-1:111122223333:certificate/0c5a9c4e-1111-4222-8333-444455556666";

test("reads account, region and literal certificates", () => {
  const stack = {
    provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["111122223333"] }] },
    resource: {
      aws_lb_listener: {
        a: { certificate_arn: ARN },
        b: { certificate_arn: "${aws_acm_certificate.main.arn}" },
        c: { nested: [{ certificate_arn: ARN }] },
      },
    },
  };
  expect(foreignResources(stack)).toEqual({ accountId: "111122223333", region: "eu-west-1", certificates: [ARN] });
});

test("falls back when account or region are not literal", () => {
  const stack = { provider: { aws: { region: "${var.region}" } } };
  expect(foreignResources(stack)).toEqual({ accountId: "123456789012", region: "ap-northeast-1", certificates: [] });
});

test("finds the module of each resource in its construct path", () => {
  const at = (path: string): { "//": { metadata: { path: string } } } => ({ "//": { metadata: { path } } });
  const stack = {
    resource: {
      aws_vpc: { network_vpc: at("messenger-crm-dev/network/vpc") },
      aws_subnet: { deep: at("messenger-crm-dev/network/public/a"), own: at("messenger-crm-dev/own") },
      aws_eip: { plain: {} },
    },
  };
  expect(Object.fromEntries(modulesOf(stack))).toEqual({
    "aws_vpc.network_vpc": "network",
    "aws_subnet.deep": "network",
    "aws_subnet.own": "(root)",
    "aws_eip.plain": "(root)",
  });
});
