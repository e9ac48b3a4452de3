import { defineEnvironment } from "../../environments/define-environment";
import { dev } from "../../environments/dev";
import { type Environment } from "../../environments/environment";
import { prod } from "../../environments/prod";
import { ConfigurationError } from "../../modules/core";

function problems(environment: Environment): string[] {
  try {
    defineEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split("\n");
    throw error;
  }
  return [];
}

it("takes dev and prod as they are", () => {
  expect(problems(dev)).toEqual([]);
  expect(problems(prod)).toEqual([]);
});

const https = prod.entrance.kind === "https" ? prod.entrance : undefined;

const cases: [string, Environment, string][] = [
  [
    "an account that is none",
    { ...dev, accountId: "12345" },
    '[environments/dev] accountId: expected 12 digits, got "12345". Find it with `aws sts get-caller-identity`.',
  ],
  [
    "zones of another region",
    { ...dev, region: "us-east-1" },
    "[environments/dev] availabilityZones: expected zones of us-east-1, got ap-northeast-1a, ap-northeast-1c. Name zones of the environment's own region.",
  ],
  [
    "the latest image",
    { ...dev, release: "latest" },
    '[environments/dev] release: expected an immutable tag, got "latest". A rollback needs a name for what ran before: use the version that was pushed.',
  ],
  [
    "a bucket with capitals",
    { ...dev, state: { bucket: "My-State" } },
    '[environments/dev] state.bucket: expected the name of an S3 bucket, got "My-State". Make one with versioning on; Terraform\'s state has to outlive everything else.',
  ],
  [
    "a URL for a domain",
    { ...prod, entrance: { ...https!, domainName: "https://crm.example.com" } },
    '[environments/prod] entrance.domainName: expected a domain name with no scheme, such as crm.example.com, got "https://crm.example.com". Write an international name in its xn-- form.',
  ],
  [
    "a certificate of another region",
    { ...prod, entrance: { ...https!, certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" } },
    '[environments/prod] entrance.certificateArn: expected a certificate in ap-northeast-1, got "arn:aws:acm:us-east-1:123456789012:certificate/1". A load balancer takes certificates of its own region only.',
  ],
  [
    "production over plain HTTP",
    { ...prod, entrance: { kind: "insecure-http" } },
    '[environments/prod] entrance: expected https in production, got "insecure-http". Give it a domain and a certificate.',
  ],
  [
    "production with one task",
    { ...prod, service: { ...prod.service, minCount: 1 } },
    "[environments/prod] service.minCount: expected at least 2 in production, got 1. One task is an outage at every failure.",
  ],
];
it.each(cases)("refuses %s", (_, environment, message) => expect(problems(environment)).toEqual([message]));

it("reports every fault of an environment at once", () => {
  const lines = problems({
    ...prod,
    disposable: true,
    database: { ...prod.database, multiAz: false },
    cache: { ...prod.cache, replicas: 0 },
    alarms: { emails: [] },
  });
  expect(lines.map((line) => line.split(" ")[1])).toEqual([
    "disposable:",
    "database.multiAz:",
    "cache.replicas:",
    "alarms.emails:",
  ]);
});
