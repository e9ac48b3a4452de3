import * as fc from "fast-check";
import { fitsArnType } from "../../modules/core/arn-mistake";
import { ARN_TYPES } from "../../modules/core/arn-types";
import { isEmailAddress } from "../../modules/core/email-address";
import { isHttpsUrl } from "../../modules/core/https-url";
import { describeScheduleMistake } from "../../modules/core/schedule";
import { isImageReference } from "../../modules/ecs/image-reference";
import { fuzzSettings } from "./settings";

const { seed, runs } = fuzzSettings(500);
const settings = { seed, numRuns: runs };

/** Characters that none of these formats has at any place. */
const stray = fc.stringMatching(/^[ \t\n\r\\é名]{1,3}$/);
const id = "5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const arns = {
  kmsKey: `arn:aws:kms:ap-northeast-1:123456789012:key/${id}`,
  certificate: `arn:aws:acm:ap-northeast-1:123456789012:certificate/${id}`,
  topic: "arn:aws:sns:ap-northeast-1:123456789012:on-call",
  secret: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCdEf",
  cluster: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared",
  targetGroup: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:targetgroup/crm/0123456789abcdef",
  repository: "arn:aws:ecr:ap-northeast-1:123456789012:repository/crm",
  queue: "arn:aws:sqs:ap-northeast-1:123456789012:alarms",
} as const;

/** Puts text into another at a place from 0 (its beginning) to 1 (its end). */
const inserted = (text: string) =>
  fc.tuple(stray, fc.double({ min: 0, max: 1, noNaN: true })).map(([extra, place]) => {
    const index = Math.round(place * text.length);
    return text.slice(0, index) + extra + text.slice(index);
  });

it.each(Object.entries(arns))("an ARN of a %s with a stray character anywhere is refused", (name, arn) => {
  const type = ARN_TYPES[name as keyof typeof arns];
  expect(fitsArnType(arn, type)).toBe(true);
  fc.assert(
    fc.property(inserted(arn), (text) => !fitsArnType(text, type)),
    settings,
  );
});

it.each<[string, string, (text: string) => boolean]>([
  ["an https URL", "https://alerts.example.com/aws", isHttpsUrl],
  ["an e-mail address", "ops@example.com", isEmailAddress],
  ["an image reference", "ghcr.io/example/crm:1.0.0", isImageReference],
  ["a schedule", "cron(0 8 ? * MON-FRI *)", (text) => describeScheduleMistake(text) === undefined],
])("%s with a stray character anywhere is refused", (_, text, fits) => {
  expect(fits(text)).toBe(true);
  fc.assert(
    fc.property(inserted(text), (candidate) => !fits(candidate)),
    settings,
  );
});

const field = fc.integer({ min: 0, max: 99 });
it("a cron expression is accepted exactly when its time exists", () => {
  fc.assert(
    fc.property(field, field, field, field, (minute, hour, day, month) => {
      const exists =
        minute < 60 &&
        hour < 24 &&
        month >= 1 &&
        month <= 12 &&
        day >= 1 &&
        day <= new Date(Date.UTC(2028, month, 0)).getUTCDate();
      return (describeScheduleMistake(`cron(${minute} ${hour} ${day} ${month} ? *)`) === undefined) === exists;
    }),
    { ...settings, numRuns: runs * 4 },
  );
});
