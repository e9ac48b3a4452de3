import { type CloudFrontClient, CreateOriginAccessControlCommand } from "@aws-sdk/client-cloudfront";
import { PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateVolumeCommand, DeleteVpcCommand } from "@aws-sdk/client-ec2";
import { CreateServiceCommand } from "@aws-sdk/client-ecs";
import { CreateRuleCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateUserCommand } from "@aws-sdk/client-elasticache";
import { CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { CreateIPSetCommand } from "@aws-sdk/client-wafv2";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

/** A request that moto takes, with AWS's error code and the path and constraint of its message. */
type Refused = readonly [what: string, send: (aws: Clients) => Promise<unknown>, code: string, message: string];

const ipSet = { Name: "office", Scope: "REGIONAL" as const, IPAddressVersion: "IPV4" as const, Addresses: [] };
const alarm = { AlarmName: "a", ComparisonOperator: "GreaterThanThreshold" as const, Threshold: 1 };
const REFUSED: readonly Refused[] = [
  [
    "JSON: a pattern",
    ({ waf }) => waf.send(new CreateIPSetCommand({ ...ipSet, Name: "the office" })),
    "ValidationException",
    "Value 'the office' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\w\\-]+$",
  ],
  [
    "JSON: an enumeration",
    ({ waf }) => waf.send(new CreateIPSetCommand({ ...ipSet, Scope: "GLOBAL" as "REGIONAL" })),
    "ValidationException",
    "Value 'GLOBAL' at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [CLOUDFRONT, REGIONAL]",
  ],
  [
    "JSON: a length, deep in a list",
    ({ waf }) => waf.send(new CreateIPSetCommand({ ...ipSet, Tags: [{ Key: "", Value: "v" }] })),
    "ValidationException",
    "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    "JSON: a required member, with the code of ECS",
    ({ ecs }) => ecs.send(new CreateServiceCommand({ serviceName: undefined })),
    "InvalidParameterException",
    "Value null at 'serviceName' failed to satisfy constraint: Member must not be null",
  ],
  [
    "JSON: two violations, with the code of CloudWatch Logs",
    ({ logs }) => logs.send(new CreateLogGroupCommand({ logGroupName: "/a b", logGroupClass: "COLD" as "STANDARD" })),
    "InvalidParameterException",
    "2 validation errors detected: Value '/a b' at 'logGroupName'",
  ],
  [
    "JSON: a secret value is not shown",
    ({ secrets }) => secrets.send(new CreateSecretCommand({ Name: "s", SecretString: "x".repeat(65_537) })),
    "ValidationException",
    "Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536",
  ],
  [
    "query: a range",
    ({ elb }) =>
      elb.send(
        new CreateRuleCommand({ ListenerArn: "arn", Priority: 50_001, Conditions: [], Actions: [{ Type: "forward" }] }),
      ),
    "ValidationError",
    "Value '50001' at 'priority' failed to satisfy constraint: Member must have value less than or equal to 50000",
  ],
  [
    "JSON: a range, of CloudWatch",
    ({ cloudwatch }) =>
      cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, EvaluationPeriods: 0, MetricName: "m", Namespace: "n" })),
    "ValidationException",
    "Value '0' at 'evaluationPeriods' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  [
    "query: a pattern, with the code of ElastiCache",
    ({ elasticache }) =>
      elasticache.send(
        new CreateUserCommand({ UserId: "1st user", UserName: "u", Engine: "valkey", AccessString: "on ~* +@all" }),
      ),
    "InvalidParameterValueException",
    "Value '1st user' at 'userId'",
  ],
  [
    "EC2: a required member",
    ({ ec2 }) => ec2.send(new DeleteVpcCommand({ VpcId: undefined })),
    "MissingParameter",
    "Value null at 'vpcId' failed to satisfy constraint: Member must not be null",
  ],
  [
    "EC2: an enumeration",
    ({ ec2 }) => ec2.send(new CreateVolumeCommand({ Size: 8, VolumeType: "gp9" as "gp3" })),
    "InvalidParameterValue",
    "Value 'gp9' at 'volumeType'",
  ],
  [
    "REST XML: Route 53",
    ({ route53 }) => route53.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "" })),
    "InvalidInput",
    "Value '' at 'callerReference'",
  ],
  [
    "REST XML: CloudFront",
    ({ cloudfront }) => originAccessControl(cloudfront, "sometimes"),
    "InvalidArgument",
    "Value 'sometimes' at 'originAccessControlConfig.signingBehavior'",
  ],
  [
    "REST XML: S3",
    ({ s3 }) =>
      s3.send(new PutBucketVersioningCommand({ Bucket: "b", VersioningConfiguration: { Status: "On" as "Enabled" } })),
    "InvalidArgument",
    "Value 'On' at 'versioningConfiguration.status'",
  ],
];

function originAccessControl(cloudfront: CloudFrontClient, behavior: string): Promise<unknown> {
  const OriginAccessControlConfig = {
    Name: "o",
    SigningProtocol: "sigv4",
    SigningBehavior: behavior as "always",
    OriginAccessControlOriginType: "s3",
  } as const;
  return cloudfront.send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig }));
}

describe("AWS's API models", () => {
  let simulator: AwsSimulator;
  let aws: Clients;

  beforeAll(async () => {
    simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
    aws = clients(simulator.endpoint);
  });

  afterAll(() => simulator?.stop());

  it.each(REFUSED)("refuse %s", async (_what, send, code, message) => {
    const error = await send(aws).then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.name).toBe(code);
    expect(error?.message).toContain(message);
    expect(error).toMatchObject({ $metadata: { httpStatusCode: 400 } });
  });

  it("refuse REST JSON: a layer that Lambda's address names", async () => {
    const credential = "Credential=testing/20260101/ap-northeast-1/lambda/aws4_request";
    const answer = await fetch(`${simulator.endpoint}/2015-03-31/functions/a b/policy`, {
      headers: { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0` },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("x-amzn-errortype")).toBe("InvalidParameterValueException");
    expect(await answer.text()).toContain("Value 'a b' at 'functionName'");
  });

  it("count requests by operation, and keep what was refused, with the client", async () => {
    const { refused, requests, operations } = await simulator.report();
    expect(refused.map(({ operation }) => operation)).toContain("wafv2:CreateIPSet");
    expect(new Set(refused.map(({ client }) => client))).not.toContain("terraform");
    expect(operations["wafv2:CreateIPSet"]).toBe(3);
    expect(requests).toBe(Object.values(operations).reduce((sum, count) => sum + count, 0));
  });

  it("allow what Java's patterns allow: letters of every script, a hyphen after a class", async () => {
    const Tags = [{ Key: "担当", Value: "東京 チーム é" }];
    await aws.waf.send(new CreateIPSetCommand({ ...ipSet, Tags }));
    const bad = aws.waf.send(new CreateIPSetCommand({ ...ipSet, Name: "other", Tags: [{ Key: "a<b", Value: "v" }] }));
    await expect(bad).rejects.toThrow("at 'tags.1.member.key'");
  });

  it("let moto answer what they allow", async () => {
    const Bucket = "allowed-by-the-model";
    const CreateBucketConfiguration = { LocationConstraint: "ap-northeast-1" as const };
    await aws.s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    expect(await originAccessControl(aws.cloudfront, "always")).toHaveProperty("OriginAccessControl.Id");
  });
});
