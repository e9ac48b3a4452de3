import { brokenBucketRule } from "../../../modules/core/bucket-name";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { LogBucket, type LogBucketProps } from "../../../modules/log-bucket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { parsed } from "../../helpers/template";

const ACCOUNT = "123456789012";
const minimal: LogBucketProps = { name: "crm-prod", accountId: ACCOUNT };
const make = (stack: TerraformStack, props: Partial<LogBucketProps> = {}) =>
  new LogBucket(stack, "logs", { ...minimal, ...props });
const bucket = (props: Partial<LogBucketProps> = {}) => synthesize((stack) => void make(stack, props));
const statements = (props: Partial<LogBucketProps> = {}) =>
  (parsed(bucket(props).only("aws_s3_bucket_policy")["policy"]) as { Statement: unknown[] }).Statement;

const ARN = "${aws_s3_bucket.logs_bucket_5A22438C.arn}";
const BUCKET = "${aws_s3_bucket.logs_bucket_5A22438C.id}";
const DENY_HTTP = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [ARN, `${ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const loadBalancerLogs = (...folders: string[]) => ({
  Sid: "LoadBalancerLogs",
  Effect: "Allow",
  Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: folders.map((folder) => `${ARN}/${folder}`),
});

describe("a log bucket with its defaults", () => {
  const template = bucket();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_s3_bucket: 1,
      aws_s3_bucket_lifecycle_configuration: 1,
      aws_s3_bucket_ownership_controls: 1,
      aws_s3_bucket_policy: 1,
      aws_s3_bucket_public_access_block: 1,
      aws_s3_bucket_server_side_encryption_configuration: 1,
      aws_s3_bucket_versioning: 1,
    });
  });

  it("refuses to be destroyed while it has logs, and has a globally unique name", () => {
    expect(template.only("aws_s3_bucket")).toEqual({
      bucket: "crm-prod-logs-123456789012",
      force_destroy: false,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is encrypted with SSE-S3, the only kind that load balancers can write to", () => {
    expect(template.only("aws_s3_bucket_server_side_encryption_configuration")).toEqual({
      bucket: BUCKET,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  it("blocks public access", () => {
    expect(template.only("aws_s3_bucket_public_access_block")).toEqual({
      bucket: BUCKET,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(template.only("aws_s3_bucket_ownership_controls")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  it("deletes logs and their old versions after 90 days", () => {
    expect(template.only("aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(template.only("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      bucket: BUCKET,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: 90 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
        },
      ],
    });
  });

  it("allows its account's load balancers to write, and requires TLS", () => {
    expect(statements()).toEqual([DENY_HTTP, loadBalancerLogs(`AWSLogs/${ACCOUNT}/*`)]);
  });

  it("makes resources that use its name depend on the policy", () => {
    const output = synthesize((stack) => {
      const logs = make(stack);
      new TerraformOutput(stack, "name", { value: logs.bucketName });
      new TerraformOutput(stack, "arn", { value: logs.bucketArn });
    }).json.output!;
    expect(output["name"]!["value"]).toBe("${aws_s3_bucket_policy.logs_policy_7361357F.bucket}");
    expect(output["arn"]!["value"]).toBe(ARN);
  });
});

describe("options", () => {
  it("accepts a name, a retention and consent to its deletion", () => {
    const template = bucket({ bucketName: "acme.logs-1", retentionDays: 365, forceDestroy: true });
    expect(template.only("aws_s3_bucket")).toMatchObject({ bucket: "acme.logs-1", force_destroy: true });
    expect(template.only("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      rule: [{ expiration: [{ days: 365 }] }],
    });
  });

  it("shortens a long name together with the account", () => {
    const name = "a-very-long-name-of-a-product-in-prod";
    expect(bucket({ name }).only("aws_s3_bucket")["bucket"]).toBe(`${name}-logs-${ACCOUNT}`);
  });

  it("allows load balancers to write to folders too", () => {
    expect(statements({ prefixes: ["alb", "alb/crm"] })[1]).toEqual(
      loadBalancerLogs(`AWSLogs/${ACCOUNT}/*`, `alb/AWSLogs/${ACCOUNT}/*`, `alb/crm/AWSLogs/${ACCOUNT}/*`),
    );
  });

  it("allows other services to write, each for this account only", () => {
    const sourceAccount = { "aws:SourceAccount": ACCOUNT };
    expect(statements({ writers: ["vended-logs", "s3-access-logs"] })).toEqual([
      DENY_HTTP,
      {
        Sid: "VendedLogs",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: [`${ARN}/AWSLogs/${ACCOUNT}/*`],
        Condition: { StringEquals: { ...sourceAccount, "s3:x-amz-acl": "bucket-owner-full-control" } },
      },
      {
        Sid: "VendedLogsCheck",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: "s3:GetBucketAcl",
        Resource: [ARN],
        Condition: { StringEquals: sourceAccount },
      },
      {
        Sid: "S3AccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: [`${ARN}/*`],
        Condition: { StringEquals: sourceAccount },
      },
    ]);
  });

  it("accepts values known only at apply", () => {
    const template = synthesize((stack) => {
      make(stack, { retentionDays: new TerraformVariable(stack, "days", { type: "number" }).numberValue });
    });
    expect(template.only("aws_s3_bucket_lifecycle_configuration")).toMatchObject({
      rule: [{ expiration: [{ days: "${var.days}" }] }],
    });
  });
});

describe("a log bucket refuses", () => {
  const bad = ["MyBucket", "ab", "a..b", "192.168.1.1", "a_b", "-ab", "ab-", "xn--abc", "abc-s3alias", "a".repeat(64)];
  it.each(bad)("the name %s", (bucketName) => {
    expect(refusal((stack) => void make(stack, { bucketName }))).toEqual([
      `[test/logs] bucketName: expected ${brokenBucketRule(bucketName)}, got "${bucketName}". Leave it out to have it derived from name and accountId.`,
    ]);
  });

  const cases: [string, Partial<LogBucketProps>, string][] = [
    [
      "an account id of 11 digits",
      { accountId: "12345678901" },
      'accountId: expected the 12 digits of the account as a literal, got "12345678901". Pass it as text, "123456789012": it is part of the bucket\'s name and of its policy.',
    ],
    [
      "an account id that is a number",
      { accountId: 123456789012 as never },
      'accountId: expected the 12 digits of the account as a literal, got 123456789012. Pass it as text, "123456789012": it is part of the bucket\'s name and of its policy.',
    ],
    [
      "keeping nothing",
      { retentionDays: 0 },
      "retentionDays: expected a whole number from 1 to 3653 days, got 0. Access logs hold IP addresses and query strings: keep them no longer than necessary.",
    ],
    [
      "an unknown writer",
      { writers: ["nginx" as never] },
      'writers[0]: expected one of load-balancer, vended-logs, s3-access-logs, got "nginx". The README describes each of them.',
    ],
    [
      "a writer twice",
      { writers: ["load-balancer", "load-balancer"] },
      'writers: expected each writer once, got "load-balancer". Remove the repeated one.',
    ],
    [
      "no writer",
      { writers: [] },
      "writers: expected 1 to 3, got 0. Name at least one service that writes to the bucket.",
    ],
    [
      "a folder with a slash at its end",
      { prefixes: ["alb/"] },
      'prefixes: expected folders without a slash at either end, and without AWSLogs in them, got "alb/". For example alb, or alb/crm.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void make(stack, props))).toEqual([`[test/logs] ${message}`]);
  });

  it("an account id that is known only at apply", () => {
    const [line] = refusal((stack) => {
      make(stack, { accountId: new TerraformVariable(stack, "account", { type: "string" }).stringValue });
    });
    expect(line).toContain(
      "accountId: expected the 12 digits of the account as a literal, got a value that is known only",
    );
  });
});
