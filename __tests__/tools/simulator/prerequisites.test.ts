import { prerequisitesOf } from "../../../tools/simulator/prerequisites";

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
  expect(prerequisitesOf(stack)).toEqual({ accountId: "111122223333", region: "eu-west-1", certificates: [ARN] });
});

test("falls back to defaults when account or region are not literal", () => {
  const stack = { provider: { aws: { region: "${var.region}" } } };
  expect(prerequisitesOf(stack)).toEqual({ accountId: "123456789012", region: "ap-northeast-1", certificates: [] });
});
