import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn } from "cdktf";
import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";
import { queries } from "./make";

const EDGE_TOPIC = "arn:aws:sns:us-east-1:123456789012:edge";
const EDGE_CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";

const edge: Omit<MonitoringProps, "name"> = {
  distribution: { distributionId: "E1ABCDEFGHIJKL" },
  waf: { webAclMetricName: "crm-waf", scope: "CLOUDFRONT" },
  certificates: { edge: EDGE_CERTIFICATE },
  dashboard: false,
};

function monitored(props: Omit<MonitoringProps, "name" | "provider">, region = "us-east-1"): Template {
  return synthesize((stack) => {
    const provider = new AwsProvider(stack, "edge", { region, alias: "edge" });
    new Monitoring(stack, "monitoring", { name: "crm-edge", provider, ...props });
  });
}

const alarm = (template: Template, id: string) => template.resource("aws_cloudwatch_metric_alarm", `monitoring/${id}`);

describe("monitoring at the edge", () => {
  const template = monitored(edge);

  it("creates everything in the provider's region", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_composite_alarm: 1,
      aws_cloudwatch_metric_alarm: 3,
      aws_sns_topic: 1,
      aws_sns_topic_policy: 1,
      terraform_data: 1,
    });
    const atAws = Object.entries(template.json.resource!).filter(([type]) => type.startsWith("aws_"));
    for (const [, blocks] of atAws) {
      for (const block of Object.values(blocks)) expect(block["provider"]).toBe("aws.edge");
    }
  });

  it("watches the error rate of the distribution when there are enough requests", () => {
    const [result, ...metrics] = queries(alarm(template, "cloudfront-errors"));
    expect(result!.expression).toBe("IF(requests >= 20, errors, 0)");
    expect(
      metrics.map(({ metric }) => [metric!.namespace, metric!.metric_name, metric!.dimensions, metric!.stat]),
    ).toEqual(
      ["5xxErrorRate Average", "Requests Sum"].map((metric) => {
        const [name, statistic] = metric.split(" ");
        return ["AWS/CloudFront", name, { DistributionId: "E1ABCDEFGHIJKL", Region: "Global" }, statistic];
      }),
    );
  });

  it("watches the web ACL under the dimensions of CloudFront's", () => {
    expect(alarm(template, "waf-blocked")["dimensions"]).toEqual({ WebACL: "crm-waf", Rule: "ALL" });
  });

  it("watches the days that a certificate is valid, also after ACM stopped reporting", () => {
    expect(alarm(template, "certificate-edge-expiry")).toMatchObject({
      namespace: "AWS/CertificateManager",
      metric_name: "DaysToExpiry",
      dimensions: { CertificateArn: EDGE_CERTIFICATE },
      comparison_operator: "LessThanThreshold",
      threshold: 30,
      period: 86_400,
      treat_missing_data: "ignore",
    });
  });

  it("stops a plan in another region when the region is known only at apply", () => {
    const later = monitored({ ...edge, certificates: {} }, Fn.lower("US-EAST-1"));
    const conditions = Object.values(later.resources("aws_cloudwatch_metric_alarm")).flatMap(
      ({ lifecycle }) =>
        (lifecycle as { precondition: { condition: string; error_message: string }[] } | undefined)?.precondition ?? [],
    );
    expect(conditions).toEqual([
      {
        condition: expect.stringMatching(/== "us-east-1"\)\}$/) as string,
        error_message:
          "test/monitoring: alarms on CloudFront and its web ACL must be in us-east-1. Pass a provider and a topic of that region.",
      },
    ]);
  });

  it("needs no precondition in a literal region", () => {
    expect(monitored({ ...edge, alarmTopicArn: EDGE_TOPIC }).text).not.toContain("precondition");
  });
});

it.each<[string, Partial<MonitoringProps>, string]>([
  [
    "a distribution without an id",
    { distribution: { distributionId: "" }, alarmTopicArn: EDGE_TOPIC },
    "distribution.distributionId: expected a value, got an empty string. Without it the alarms would have no metric.",
  ],
  [
    "a certificate whose name is no key",
    { certificates: { "The Site": EDGE_CERTIFICATE }, alarmTopicArn: EDGE_TOPIC },
    'certificates.The Site: expected a literal name of lower-case letters, digits and single hyphens, got "The Site". It becomes part of alarm names, so it must be known at synth.',
  ],
])("is refused with %s", (_, props, message) => {
  const provider = (stack: ConstructorParameters<typeof AwsProvider>[0]) =>
    new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge" });
  const messages = refusal((stack) => {
    new Monitoring(stack, "monitoring", { name: "crm", provider: provider(stack), ...props });
  });
  expect(messages).toEqual([`[test/monitoring] ${message}`]);
});

it("is refused in the region of the stack", () => {
  const distribution = { distributionId: "E1ABCDEFGHIJKL" };
  const messages = refusal((stack) => {
    new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
    new Monitoring(stack, "monitoring", { name: "crm", distribution });
  });
  expect(messages).toEqual([
    '[test/monitoring] provider: expected a provider of us-east-1, got "ap-northeast-1". CloudFront and its web ACL report there, and an alarm notifies topics of its own region only.',
  ]);
});
