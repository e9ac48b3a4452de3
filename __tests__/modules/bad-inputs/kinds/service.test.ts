import { Token } from "cdktf";
import { type Accepted, itChecks, problemsOf, type Refused } from "./case";
import { MAKERS } from "../makers";

const heartbeat = (pingIntervalSec: unknown, pingTimeoutSec: unknown) => ({
  heartbeat: { pingIntervalSec, pingTimeoutSec },
});
itChecks(
  "seconds of the heartbeat",
  [
    ["a fraction as interval", "loadBalancer", heartbeat(25.5, 20), "heartbeat core/heartbeat"],
    ["a fraction as timeout", "loadBalancer", heartbeat(25, 0.5), "heartbeat core/heartbeat"],
    ["a fraction behind CloudFront", "cdn", heartbeat(25.5, 20), "heartbeat core/heartbeat"],
    [
      "infinity",
      "loadBalancer",
      heartbeat(Infinity, 20),
      "heartbeat.pingIntervalSec core/wrong-type",
      "heartbeat core/heartbeat",
    ],
  ],
  [["whole seconds", "loadBalancer", heartbeat(30, 25)]],
);

const scheduled = (schedule: unknown, timezone: unknown = "Asia/Tokyo") => ({
  autoscaling: { minCount: 1, maxCount: 4, schedules: { night: { schedule, timezone, minCount: 1, maxCount: 2 } } },
});
const SCHEDULE = "autoscaling.schedules.night.schedule core/wrong-format";
const ZONE = "autoscaling.schedules.night.timezone ecs/time-zone";
const wrongSchedules: [string, string][] = [
  ["both day fields", "cron(0 8 1 * MON *)"],
  ["neither day field", "cron(0 8 ? * ? *)"],
  ["any day twice", "cron(0 8 * * * *)"],
  ["hour 25", "cron(0 25 ? * MON-FRI *)"],
  ["minute 60", "cron(60 8 ? * MON-FRI *)"],
  ["day 32", "cron(0 8 32 * ? *)"],
  ["30 February", "cron(0 8 30 2 ? *)"],
  ["31 April or June", "cron(0 8 31 APR,JUN ? *)"],
  ["month 13", "cron(0 8 1 13 ? *)"],
  ["an unknown weekday", "cron(0 8 ? * MOO *)"],
  ["weekday 8", "cron(0 8 ? * 8 *)"],
  ["a month's name in lower case", "cron(0 8 1 jan ? *)"],
  ["? as the hour", "cron(0 ? 1 * ? *)"],
  ["a step of 0", "cron(*/0 8 ? * MON *)"],
  ["a step beyond the hour", "cron(*/90 8 ? * MON *)"],
  ["an open range", "cron(0 8- ? * MON *)"],
  ["an empty element", "cron(0 8,,9 ? * MON *)"],
  ["the sixth Monday", "cron(0 8 ? * MON#6 *)"],
  ["year 1900", "cron(0 8 ? * MON 1900)"],
  ["the five fields of Unix", "cron(0 8 * * 1)"],
  ["two spaces", "cron(0  8 ? * MON *)"],
  ["a bare expression", "0 8 ? * MON *"],
  ["31 June", "at(2027-06-31T08:00:00)"],
  ["29 February of a common year", "at(2027-02-29T08:00:00)"],
  ["hour 24", "at(2027-06-30T24:00:00)"],
  ["month 0", "at(2027-00-10T08:00:00)"],
  ["a time with a zone", "at(2027-06-30T08:00:00Z)"],
  ["a rate of 0", "rate(0 minutes)"],
  ["a rate of weeks", "rate(1 week)"],
  ["a rate of one hours", "rate(1 hours)"],
  ["a rate of five hour", "rate(5 hour)"],
];
const wrongZones = [
  "JST",
  "EST",
  "asia/tokyo",
  "Asia/TOKYO",
  "+09:00",
  "UTC+9",
  "Asia/Tokio",
  "Tokyo",
  "Japan",
  "Asia/Tokyo ",
];
const rightSchedules = [
  "cron(0 8 ? * MON-FRI *)",
  "cron(0/15 8-18 * * ? 2027-2030)",
  "cron(0 22-2 ? * 2-6 *)",
  "cron(0 8 L * ? *)",
  "cron(0 8 LW * ? *)",
  "cron(0 8 15W * ? *)",
  "cron(0 8 ? * 6L *)",
  "cron(0 8 ? * MON#1 *)",
  "cron(0 8 31 1,3 ? *)",
  "cron(0 8 29 2 ? *)",
  "cron(*/5 * * JAN-MAR ? *)",
  "at(2028-02-29T23:59:59)",
  "rate(1 hour)",
  "rate(5 minutes)",
];
const rightZones = [
  "UTC",
  "Etc/UTC",
  "Etc/GMT+9",
  "Asia/Kolkata",
  "US/Pacific",
  "America/Argentina/Buenos_Aires",
  "Africa/Dar_es_Salaam",
];
itChecks(
  "schedules",
  [
    ...wrongSchedules.map(([what, schedule]): Refused => [what, "service", scheduled(schedule), SCHEDULE]),
    ...wrongZones.map((zone): Refused => [`the zone ${zone}`, "service", scheduled(rightSchedules[0], zone), ZONE]),
  ],
  [
    ...rightSchedules.map((schedule): Accepted => [schedule, "service", scheduled(schedule)]),
    ...rightZones.map((zone): Accepted => [`the zone ${zone}`, "service", scheduled(rightSchedules[0], zone)]),
    [
      "tokens",
      "service",
      () => scheduled(Token.asString({ resolve: () => "x" }), Token.asString({ resolve: () => "y" })),
    ],
  ],
);

const S3 = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm-uploads/*" };
const statements = (...list: object[]) => ({ taskPolicyStatements: list.map((changes) => ({ ...S3, ...changes })) });
const at = (field: string, index = 0) => `taskPolicyStatements[${index}].${field} ecs/policy-statement`;
itChecks(
  "IAM statements",
  [
    ["an action without service", "service", statements({ Action: "GetObject" }), at("Action")],
    ["a wildcard as service", "service", statements({ Action: "s3*:GetObject" }), at("Action")],
    ["an action with a space", "service", statements({ Action: ["s3:GetObject", "s3:Put Object"] }), at("Action")],
    ["an action that ends in a space", "service", statements({ Action: "s3:GetObject " }), at("Action")],
    ["an action that is a URL", "service", statements({ Action: "https://s3" }), at("Action")],
    ["a resource that is a bucket's name", "service", statements({ Resource: "crm-uploads" }), at("Resource")],
    ["a resource with a field missing", "service", statements({ Resource: "arn:aws:s3:crm" }), at("Resource")],
    ["a resource that ends in a space", "service", statements({ Resource: "arn:aws:s3:::crm/* " }), at("Resource")],
    [
      "a resource of an unknown partition",
      "service",
      statements({ Resource: "arn:amazon:s3:::crm/*" }),
      at("Resource"),
    ],
    ["a principal", "service", statements({ Principal: "*" }), at("Principal")],
    ["a Sid with a hyphen", "service", statements({ Sid: "read-uploads" }), at("Sid")],
    ["an empty Sid", "service", statements({ Sid: "" }), at("Sid")],
    ["a Sid twice", "service", statements({ Sid: "Read" }, { Sid: "Read" }), at("Sid", 1)],
    [
      "an unknown operator",
      "service",
      statements({ Condition: { StringIs: { "aws:a": "b" } } }),
      at("Condition.StringIs"),
    ],
    [
      "Null with IfExists",
      "service",
      statements({ Condition: { NullIfExists: { "aws:a": "true" } } }),
      at("Condition.NullIfExists"),
    ],
    [
      "a condition key without prefix",
      "service",
      statements({ Condition: { Bool: { SecureTransport: "true" } } }),
      at("Condition.Bool"),
    ],
  ],
  [
    ["wildcards", "service", statements({ Action: ["s3:Get*", "s3:List?ucket"], Resource: ["arn:aws:s3:::*", "*"] })],
    ["every field with a wildcard", "service", statements({ Resource: "arn:*:sqs:*:*:crm-*" })],
    [
      "the partitions of China and the government",
      "service",
      statements({ Resource: ["arn:aws-cn:s3:::a", "arn:aws-us-gov:s3:::a"] }),
    ],
    ["a key with a space", "service", statements({ Resource: "arn:aws:s3:::crm/my file.txt" })],
    [
      "an AWS managed policy",
      "service",
      statements({ Action: "iam:GetPolicy", Resource: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
    ],
    [
      "operators with prefix and suffix",
      "service",
      statements({
        Condition: {
          "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a"] },
          Null: { "aws:TokenIssueTime": "false" },
        },
      }),
    ],
    ["statements with and without a Sid", "service", statements({ Sid: "A1" }, {}, {})],
    [
      "tokens",
      "service",
      () =>
        statements({
          Action: Token.asString({ resolve: () => "x" }),
          Resource: Token.asString({ resolve: () => "y" }),
          Sid: "Read",
        }),
    ],
  ],
);

it("refuses the same statements in addTaskPolicy, a taken id and one that is not in kebab-case", () => {
  const refusedBy = (id: string, ...list: object[]) =>
    problemsOf((stack) => {
      const service = MAKERS.service(stack, {});
      service.addTaskPolicy("taken", [S3 as never]);
      service.addTaskPolicy(id, list.map((changes) => ({ ...S3, ...changes })) as never);
    });
  expect(refusedBy("uploads", {})).toEqual([]);
  expect(refusedBy("uploads", { Action: "GetObject" })).toEqual(["addTaskPolicy[0].Action ecs/policy-statement"]);
  expect(refusedBy("taken", {})).toEqual(["addTaskPolicy ecs/policy-name-taken"]);
  expect(refusedBy("My Policy", {})).toEqual(["addTaskPolicy core/wrong-format"]);
});

const REGISTRY = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com";
const DIGEST = `sha256:${"a1".repeat(32)}`;
const image = (what: string, reference: string, code = "image-reference"): Refused => [
  what,
  "service",
  { image: reference },
  `image ecs/${code}`,
];
itChecks(
  "image references",
  [
    image("a scheme", `https://${REGISTRY}/crm:1.0.0`),
    image("a scheme of Docker", "docker://nginx:1.27"),
    image("a trailing space", `${REGISTRY}/crm:1.0.0 `),
    image("capitals in the path", `${REGISTRY}/CRM:1.0.0`),
    image("two tags", `${REGISTRY}/crm:1.0.0:2.0.0`),
    image("two slashes", `${REGISTRY}//crm:1.0.0`),
    image("a slash at the end", `${REGISTRY}/crm/:1.0.0`),
    image("a tag of 129", `${REGISTRY}/crm:${"a".repeat(129)}`),
    image("a tag that begins with a hyphen", `${REGISTRY}/crm:-1`),
    image("an empty tag", `${REGISTRY}/crm:`),
    image("a digest that is too short", `${REGISTRY}/crm@sha256:abc`),
    image("a digest in capitals", `${REGISTRY}/crm@sha256:${"A1".repeat(32)}`),
    image("a digest alone", DIGEST),
    image("an account of 11 digits", "12345678901.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0"),
    image("a region that is none", "123456789012.dkr.ecr.tokyo.amazonaws.com/crm:1.0.0"),
    image("a region of another partition", "123456789012.dkr.ecr.cn-north-1.amazonaws.com/crm:1.0.0"),
    image("no tag", `${REGISTRY}/crm`, "image-not-pinned"),
    image("latest", `${REGISTRY}/crm:latest`, "image-not-pinned"),
  ],
  [
    `${REGISTRY}/team/crm_web.app--x:1.0.0`,
    `${REGISTRY}/crm:1.0.0@${DIGEST}`,
    `${REGISTRY}/crm@${DIGEST}`,
    "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/crm:1.0.0",
    "123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/crm:1.0.0",
    "123456789012.dkr-ecr.us-east-1.on.aws/crm:1.0.0",
    "public.ecr.aws/docker/library/node:24.1.0",
    "localhost:5000/crm:1.0.0",
    "ghcr.io/example/crm:v1",
    "nginx:1.27",
  ].map((reference): Accepted => [reference, "service", { image: reference }]),
);

itChecks(
  "sizes of a service",
  [
    [
      "a task definition of more than 64 KiB",
      "service",
      { environment: { A: "x".repeat(66_000) } },
      "environment ecs/task-definition-size",
    ],
    [
      "a command of more than 64 KiB",
      "service",
      { command: ["node", "x".repeat(66_000)] },
      "environment ecs/task-definition-size",
    ],
    [
      "a spot base above desiredCount",
      "service",
      { spot: { onDemandBase: 3 }, desiredCount: 2 },
      "spot.onDemandBase fargate-service/spot-base",
    ],
    [
      "a spot base above maxCount",
      "service",
      { spot: { onDemandBase: 9 }, autoscaling: { minCount: 2, maxCount: 8 } },
      "spot.onDemandBase fargate-service/spot-base",
    ],
  ],
  [
    ["60 KiB", "service", { environment: { A: "x".repeat(60_000) } }],
    ["a spot base of maxCount", "service", { spot: { onDemandBase: 8 }, autoscaling: { minCount: 2, maxCount: 8 } }],
    [
      "a spot base below the maximum of a schedule",
      "service",
      { ...scheduled("rate(1 day)"), spot: { onDemandBase: 4 } },
    ],
  ],
);
