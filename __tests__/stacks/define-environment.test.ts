import { ref, Token } from "cdktf";
import { checkBetweenEnvironments } from "../../environments/checks/between-environments";
import { defineEnvironment } from "../../environments/define-environment";
import { dev } from "../../environments/dev";
import { type EnvironmentOf } from "../../environments/schema";
import { prod } from "../../environments/prod";
import { ConfigurationError } from "../../modules/core";
import { withoutCodes } from "../helpers/refusal";

function problems(environment: EnvironmentOf<"fargate">): string[] {
  try {
    defineEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return withoutCodes(error.message).split("\n");
    throw error;
  }
  return [];
}

it("accepts dev and prod unchanged", () => {
  expect(problems(dev)).toEqual([]);
  expect(problems(prod)).toEqual([]);
});

const https = prod.entrance.kind === "https" ? prod.entrance : undefined;

const zoned = { kind: "route53", domainName: "crm.example.com", zoneName: "example.com" } as const;

const cases: [string, EnvironmentOf<"fargate">, string][] = [
  [
    "an account id that is too short",
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
    '[environments/dev] release: expected an immutable tag, got "latest". Use the version that was pushed: a rollback needs a tag that still names the earlier image.',
  ],
  [
    "a bucket with capitals",
    { ...dev, state: { bucket: "My-State" } },
    '[environments/dev] state.bucket: expected the name of an S3 bucket: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, got "My-State". Create one with versioning on; Terraform\'s state has to outlive everything else.',
  ],
  [
    "a URL for a domain",
    { ...prod, entrance: { ...https!, domainName: "https://crm.example.com" } },
    '[environments/prod] entrance.domainName: expected a domain name with no scheme, such as crm.example.com, got "https://crm.example.com". Leave out the scheme, the port and the path.',
  ],
  [
    "a certificate of another region",
    { ...prod, entrance: { ...https!, certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/1" } },
    '[environments/prod] entrance.certificateArn: expected a certificate in ap-northeast-1, got "arn:aws:acm:us-east-1:123456789012:certificate/1". Request the certificate in this region: a load balancer cannot use one of another region.',
  ],
  [
    "production over plain HTTP",
    { ...prod, entrance: { kind: "insecure-http" } },
    '[environments/prod] entrance: expected an entrance with HTTPS in production, got "insecure-http". Choose an entrance with a domain and a certificate.',
  ],
  [
    "production without deletion protection",
    { ...prod, disposable: true },
    "[environments/prod] disposable: expected false in production, got true. Set it to false: true turns off deletion protection and final snapshots.",
  ],
  [
    "production in one zone",
    { ...prod, availabilityZones: prod.availabilityZones.slice(0, 1) },
    "[environments/prod] availabilityZones: expected at least 2 zones in production, got 1. Add a zone: the service must survive the failure of one.",
  ],
  [
    "production with its database in one zone",
    { ...prod, database: { ...prod.database, multiAz: false } as EnvironmentOf<"fargate">["database"] },
    "[environments/prod] database.multiAz: expected true in production, got false. Otherwise the failure of one zone loses messages.",
  ],
  [
    "production with a single cache node",
    { ...prod, cache: { ...prod.cache, replicas: 0 } },
    "[environments/prod] cache.replicas: expected at least 1 in production, got 0. Without a replica the cache cannot fail over.",
  ],
  [
    "production whose alarms reach nobody",
    { ...prod, alarms: { ...prod.alarms, emails: [] } },
    "[environments/prod] alarms.emails: expected at least one address in production, got []. Add an address; otherwise nobody receives the alarms.",
  ],
  [
    "a runbook with a fragment, to which alarms append theirs",
    { ...dev, alarms: { ...dev.alarms, runbookUrl: "https://example.com/alarms.md#top" } },
    '[environments/dev] alarms.runbookUrl: expected an https URL of at most 508 characters, without # and parentheses in it, got "https://example.com/alarms.md#top". Use the address of docs/runbooks/alarms.md in your repository; alarms append #<entry> to it.',
  ],
  [
    "a name that begins with a digit",
    { ...dev, name: "1dev" },
    '[environments/1dev] name: expected 2 to 12 lower-case letters and digits, got "1dev". For example "dev".',
  ],
  [
    "a name with a hyphen",
    { ...dev, name: "dev-2" },
    '[environments/dev-2] name: expected 2 to 12 lower-case letters and digits, got "dev-2". For example "dev".',
  ],
  [
    "an account id with a letter before it",
    { ...dev, accountId: "x123456789012" },
    '[environments/dev] accountId: expected 12 digits, got "x123456789012". Find it with `aws sts get-caller-identity`.',
  ],
  [
    "an account id that is too long",
    { ...dev, accountId: "1234567890123" },
    '[environments/dev] accountId: expected 12 digits, got "1234567890123". Find it with `aws sts get-caller-identity`.',
  ],
  [
    "a release with a space in it",
    { ...dev, release: " 0.1.0" },
    '[environments/dev] release: expected an image tag, got " 0.1.0" with white space before it. Use the version that was pushed, such as "0.1.0".',
  ],
  [
    "a release of more than 128 characters",
    { ...dev, release: "1".repeat(129) },
    `[environments/dev] release: expected an image tag, got "${"1".repeat(79)}…. Use the version that was pushed, such as "0.1.0".`,
  ],
  [
    "an ARN that is not a certificate's",
    { ...prod, entrance: { ...https!, certificateArn: "arn:aws:iam:ap-northeast-1:123456789012:certificate/1" } },
    '[environments/prod] entrance.certificateArn: expected the ARN of an ACM certificate, arn:…:acm:<region>:<account>:certificate/<id>, got "arn:aws:iam:ap-northeast-1:123456789012:certificate/1". Request a certificate for the domain in ACM and pass its ARN.',
  ],
  [
    "production with one task",
    { ...prod, service: { ...prod.service, minCount: 1 } },
    "[environments/prod] service.minCount: expected at least 2 in production, got 1. With a single task, each failure of it is an outage.",
  ],
];
it.each(cases)("refuses %s", (_, environment, message) => expect(problems(environment)).toEqual([message]));

it("reports a malformed region, and zones that are not in it", () => {
  expect(problems({ ...dev, region: "tokyo" })).toEqual([
    '[environments/dev] region: expected a region such as ap-northeast-1, got "tokyo". See `aws ec2 describe-regions`.',
    "[environments/dev] availabilityZones: expected zones of tokyo, got ap-northeast-1a, ap-northeast-1c. Name zones of the environment's own region.",
  ]);
});

it.each([
  ["database", ["allocatedStorageGiB", "backupRetentionDays", "instanceClass", "maxAllocatedStorageGiB", "multiAz"]],
  ["service", ["connectionsPerTask", "cpu", "maxCount", "memoryMiB", "minCount", "spot"]],
  ["alarms", ["emails"]],
  ["cache", ["nodeType", "replicas"]],
] as const)("requires all fields of %s", (part, fields) => {
  const said = problems({ ...dev, [part]: {} });
  expect([...said].sort()).toEqual(
    fields.map((field) => `[environments/dev] ${part}.${field}: expected a value, got nothing. ${meaning}`),
  );
});

const meaning = "See environments/schema.ts for what it means.";
const shaped: [string, object, string][] = [
  [
    "a key that does not exist",
    { ...dev, cidr: "10.0.0.0/16" },
    "cidr: expected a prop that exists, got an unknown one. Did you mean cidrBlock? Known props: accountId, alarms, availabilityZones, cache, cidrBlock, customerManagedKey, database, deployedBy, disposable, egress, entrance, ipv6, logRetentionDays, name, natInstance, pattern, profile, region, release, service, state, tier.",
  ],
  [
    "a nested key that does not exist",
    { ...dev, cache: { ...dev.cache, replica: 1 } },
    "cache.replica: expected a prop that exists, got an unknown one. Did you mean replicas? Known props: kind, nodeType, replicas.",
  ],
  [
    "no zones",
    { ...dev, availabilityZones: undefined },
    `availabilityZones: expected a value, got nothing. ${meaning}`,
  ],
  ["null for the cache", { ...dev, cache: null }, `cache: expected an object, got null. ${meaning}`],
  ["no node type", { ...dev, cache: { replicas: 0 } }, `cache.nodeType: expected a value, got nothing. ${meaning}`],
  [
    "a boolean as text",
    { ...dev, disposable: "true" },
    "disposable: expected true or false, got a value of type string. Write true or false, without quotes.",
  ],
  [
    "a tier that does not exist",
    { ...dev, tier: "staging" },
    'tier: expected one of development, production, got "staging". It decides which checks and policies apply.',
  ],
  [
    "the name of the registry's stack",
    { ...dev, name: "registry" },
    'name: expected a name that is not taken, got "registry". Choose another name: the stack of the shared image repository is called "registry".',
  ],
  [
    "an entrance of an unknown kind",
    { ...dev, entrance: { kind: "http" } },
    'entrance.kind: expected one of https, route53, cloudfront, insecure-http, got "http". https has a certificate, route53 and cloudfront have a hosted zone; insecure-http is for development without a domain.',
  ],
  [
    "a domain without a certificate",
    { ...dev, entrance: { kind: "https", domainName: "crm.example.com" } },
    "entrance.certificateArn: expected a value, got nothing. Request a certificate for the domain in ACM and pass its ARN.",
  ],
  [
    "a certificate without a domain",
    { ...prod, entrance: { ...https!, domainName: undefined } },
    "entrance.domainName: expected a value, got nothing. Name the site, such as crm.example.com.",
  ],
  [
    "a domain on plain HTTP",
    { ...dev, entrance: { kind: "insecure-http", domainName: "crm.example.com" } },
    'entrance.domainName: expected nothing with insecure-http, got "crm.example.com". Set kind to "https" or "route53" or "cloudfront", or remove it.',
  ],
  [
    "a domain name without its zone",
    { ...prod, entrance: { kind: "route53", domainName: "crm.example.com" } },
    "entrance.zoneName: expected a value, got nothing. Name the hosted zone that the site is in, such as example.com.",
  ],
  [
    "a zone without the site's name",
    { ...prod, entrance: { kind: "cloudfront", zoneName: "example.com", delegated: true } },
    "entrance.domainName: expected a value, got nothing. Name the site, such as crm.example.com.",
  ],
  [
    "a certificate with CloudFront, whose certificates are created",
    { ...prod, entrance: { ...zoned, kind: "cloudfront", certificateArn: "arn:aws:acm:us-east-1:123456789012:x" } },
    'entrance.certificateArn: expected nothing with cloudfront, got "arn:aws:acm:us-east-1:123456789012:x". Set kind to "https", or remove it.',
  ],
  [
    "origin access without CloudFront",
    { ...prod, entrance: { ...zoned, originAccess: "secret-header" } },
    'entrance.originAccess: expected nothing with route53, got "secret-header". Set kind to "cloudfront", or remove it.',
  ],
  [
    "a zone together with a certificate",
    { ...prod, entrance: { ...https!, zoneId: "Z0123456789ABCDEFGHIJ" } },
    'entrance.zoneId: expected nothing with https, got "Z0123456789ABCDEFGHIJ". Set kind to "route53" or "cloudfront", or remove it.',
  ],
  [
    "an invalid e-mail address",
    { ...dev, alarms: { emails: ["ops"] } },
    'alarms.emails[0]: expected an e-mail address, such as ops@example.com, got "ops". Use an address that receives mail: the subscription has to be confirmed there.',
  ],
  [
    "an e-mail address twice",
    { ...dev, alarms: { emails: ["a@b.co", "a@b.co"] } },
    'alarms.emails: expected each address once, got "a@b.co". Remove the repeated one.',
  ],
];
it.each(shaped)("refuses %s", (_, environment, message) => {
  const name = (environment as EnvironmentOf<"fargate">).name;
  expect(problems(environment as EnvironmentOf<"fargate">)).toEqual([`[environments/${name}] ${message}`]);
});

it.each([
  ["", false],
  ["exa mple.com", false],
  ["-bad-.com", false],
  ["http://x.com", false],
  ["*.*.x", false],
  [`${"a".repeat(64)}.com`, false],
  [`${"a".repeat(63)}.com`, true],
  ["münchen.de", false],
  ["xn--mnchen-3ya.de", true],
  ["crm.xn--p1ai", true],
  ["crm.example.com..", false],
])("checks the domain name %j", (domainName, legal) => {
  expect(problems({ ...prod, entrance: { ...https!, domainName } }).length === 0).toBe(legal);
});

it("removes the trailing dot of a domain name", () => {
  const { entrance } = defineEnvironment({ ...prod, entrance: { ...https!, domainName: "crm.example.com." } });
  expect(entrance).toEqual({ ...https, domainName: "crm.example.com" });
  expect(Object.isFrozen(entrance)).toBe(true);
});

it.each(["route53", "cloudfront"] as const)("accepts %s with a new or an existing zone", (kind) => {
  for (const zone of [{}, { delegated: true }, { zoneId: "Z0123456789ABCDEFGHIJ" }]) {
    const given = { ...zoned, kind, ...zone, domainName: "crm.example.com." };
    expect(defineEnvironment({ ...prod, entrance: given }).entrance).toEqual({ ...zoned, kind, ...zone });
  }
});

it.each([undefined, null, [], "dev", {}])("refuses %j as an environment with a ConfigurationError", (environment) => {
  expect(problems(environment as EnvironmentOf<"fargate">)).not.toEqual([]);
});

it("names every field that is missing", () => {
  const lines = problems({ name: "dev" } as EnvironmentOf<"fargate">);
  expect(lines).toHaveLength(16);
  expect(lines[0]).toBe(`[environments/dev] tier: expected a value, got nothing. ${meaning}`);
});

it("returns a frozen copy", () => {
  const emails = ["a@b.co"];
  const environment = defineEnvironment({ ...dev, alarms: { emails } });
  emails.push("c@d.co");
  expect(environment.alarms.emails).toEqual(["a@b.co"]);
  expect(Object.isFrozen(environment.alarms)).toBe(true);
});

describe("several environments", () => {
  const conflicts = (...all: EnvironmentOf<"fargate">[]): string[] => {
    try {
      checkBetweenEnvironments(all);
    } catch (error) {
      if (error instanceof ConfigurationError) return withoutCodes(error.message).split("\n");
      throw error;
    }
    return [];
  };
  const remedy =
    "Choose a free block: overlapping networks can never be connected, and a VPC's block cannot be changed later.";

  it("are accepted without conflicts", () => expect(conflicts(dev, prod)).toEqual([]));

  it.each([
    ["10.10.0.0/16", true],
    ["10.10.255.0/24", true],
    ["10.0.0.0/8", true],
    ["10.9.0.0/16", false],
    ["10.11.0.0/16", false],
  ])("with the blocks 10.10.0.0/16 and %s overlap: %p", (cidrBlock, overlap) => {
    const message = `[environments] prod.cidrBlock: expected a block that does not overlap that of dev (10.10.0.0/16), got "${cidrBlock}". ${remedy}`;
    expect(conflicts(dev, { ...prod, cidrBlock })).toEqual(overlap ? [message] : []);
  });

  it("need different names", () => {
    expect(conflicts(dev, { ...prod, name: "dev" })).toEqual([
      '[environments] name: expected each name once, got "dev". Stack names, state keys and physical names are made from it.',
    ]);
  });

  const other = (entrance: EnvironmentOf<"fargate">["entrance"]): EnvironmentOf<"fargate"> => ({
    ...dev,
    name: "stage",
    entrance,
  });
  const site = (entrance: EnvironmentOf<"fargate">["entrance"]): EnvironmentOf<"fargate"> => ({ ...prod, entrance });

  it("need different domain names", () => {
    expect(conflicts(other({ ...zoned, zoneId: "Z0123456789ABCDEFGHIJ" }), prod)).toEqual([
      '[environments] entrance.domainName: expected each name once, got "crm.example.com". A domain name can point to one environment only.',
    ]);
  });

  it("do not create the same zone twice, but can share an existing zone or use different zones", () => {
    const stage = { ...zoned, domainName: "stage.example.com" };
    expect(conflicts(other({ ...stage, zoneName: "example.com." }), site(zoned))).toEqual([
      '[environments] entrance.zoneName: expected each zone that is created here once, got "example.com". The parent zone can delegate to one of them only: pass its zoneId to the others, or give each environment a zone below it.',
    ]);
    expect(conflicts(other({ ...stage, zoneId: "Z0123456789ABCDEFGHIJ" }), site(zoned))).toEqual([]);
    expect(conflicts(other({ ...stage, zoneName: "stage.example.com" }), site(zoned))).toEqual([]);
  });
});

it("reports every problem of an environment at once", () => {
  const lines = problems({
    ...prod,
    disposable: true,
    database: { ...prod.database, multiAz: false } as EnvironmentOf<"fargate">["database"],
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

it("refuses alarm addresses of production that are not a list", () => {
  const alarms = { emails: "oncall@example.com" } as unknown as EnvironmentOf<"fargate">["alarms"];
  expect(problems({ ...prod, alarms })).toEqual([
    "[environments/prod] alarms.emails: expected a list, got a value of type string. Put its elements in brackets.",
  ]);
});

it("refuses Terraform expressions in every field", () => {
  const later = Token.asString(ref("var.x"));
  const lines = problems({
    ...dev,
    release: `v${later}`,
    alarms: { emails: [later] },
    service: { ...dev.service, cpu: Token.asNumber(later) },
  });
  const got =
    "expected a literal, got a value that is known only at apply. Write the value out: stacks are created from it at synth.";
  expect(lines).toEqual([
    `[environments/dev] release: ${got}`,
    `[environments/dev] alarms.emails[0]: ${got}`,
    `[environments/dev] service.cpu: ${got}`,
  ]);
});
