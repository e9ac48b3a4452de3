import * as z from "zod";
import { fitsArnType } from "../modules/core/arn-mistake";
import { ARN_TYPES } from "../modules/core/arn-types";
import { brokenBucketRule } from "../modules/core/bucket-name";
import { DOMAIN_NAME, domainNameRemedy, withoutRootDot } from "../modules/core/domain-name";
import { isEmailAddress } from "../modules/core/email-address";
import { isHttpsUrl } from "../modules/core/https-url";
import { isRegion } from "../modules/core/regions";
import { LOG_RETENTION_DAYS } from "../modules/core/log-retention";
import { ZONE_ID } from "../modules/dns-certificate/validation/zone";
import { EGRESS_KINDS } from "../modules/network/egress";
import { NAT_INSTANCE, type NatInstance } from "../modules/network/nat-instance-props";
import { oneOf, partOf, text, textOf } from "./fields";

/** The stack of the shared image repository has this name. */
const RESERVED_NAME = "registry";

const name = textOf({
  test: (value) => /^[a-z][a-z0-9]{1,11}$/.test(value),
  expected: "2 to 12 lower-case letters and digits",
  remedy: 'For example "dev".',
}).refine((value) => value !== RESERVED_NAME, {
  error: 'Choose another name: the stack of the shared image repository is called "registry".',
  params: { expected: "a name that is not taken", code: "environments/reserved-name" },
});

const release = textOf({
  test: (value) => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(value),
  expected: "an image tag",
  remedy: 'Use the version that was pushed, such as "0.1.0".',
}).refine((value) => value !== "latest", {
  error: "Use the version that was pushed: a rollback needs a tag that still names the earlier image.",
  params: { expected: "an immutable tag", code: "environments/mutable-release" },
});

const BUCKET_REMEDY = "Create one with versioning on; Terraform's state has to outlive everything else.";
const stateBucket = textOf(
  {
    test: (value) => brokenBucketRule(value) === undefined,
    expected: (value) => `the name of an S3 bucket: ${brokenBucketRule(value)}`,
    remedy: BUCKET_REMEDY,
  },
  BUCKET_REMEDY,
);

const nameInDns = {
  test: (value: string) => DOMAIN_NAME.test(value),
  expected: "a domain name with no scheme, such as crm.example.com",
  remedy: (value: string) => domainNameRemedy(value),
  code: "core/domain-name",
} as const;

/** The site's public name: `crm.example.com`. */
export const domainName = textOf(nameInDns, "Name the site, such as crm.example.com.").transform(withoutRootDot);

const CERTIFICATE_REMEDY = "Request a certificate for the domain in ACM and pass its ARN.";
const certificateArn = textOf(
  {
    test: (value) => fitsArnType(value, ARN_TYPES.certificate),
    expected: "the ARN of an ACM certificate, arn:…:acm:<region>:<account>:certificate/<id>",
    remedy: CERTIFICATE_REMEDY,
    code: "core/wrong-arn",
  },
  CERTIFICATE_REMEDY,
);

const hostedName = {
  /** The site's public name, in the hosted zone. */
  domainName,
  /** Name of the public hosted zone: `example.com`. */
  zoneName: textOf(nameInDns, "Name the hosted zone that the site is in, such as example.com."),
  /** Id of an existing, delegated hosted zone. Without it a zone is created, $0.50 a month. */
  zoneId: textOf({
    test: (value) => ZONE_ID.test(value),
    expected: "an id such as Z0123456789ABCDEFGHIJ",
    remedy: "Copy it from the zone's details in Route 53, or leave it out to create a zone.",
  }).optional(),
  /** Whether the parent zone delegates to the created zone. Until it does, the apply stops and lists the name servers. */
  delegated: z.boolean().optional(),
};

/** How clients reach an environment through a load balancer. */
export const entrance = z.discriminatedUnion(
  "kind",
  [
    /** HTTPS at the load balancer, with a certificate and a DNS record that are managed elsewhere. */
    z.strictObject({
      kind: z.literal("https"),
      /** The site's public name; its DNS record points at the load balancer. */
      domainName,
      /** ACM certificate for the name, in the environment's region. */
      certificateArn,
    }),
    /** HTTPS at the load balancer, with the DNS records in Route 53 and a certificate from ACM. */
    z.strictObject({ kind: z.literal("route53"), ...hostedName }),
    /** The same behind CloudFront: the load balancer accepts requests from CloudFront only, and the web ACL is at the edge. */
    z.strictObject({
      kind: z.literal("cloudfront"),
      ...hostedName,
      /**
       * How requests that bypass CloudFront are kept out. `vpc-origin`, the default: the load balancer is in private subnets.
       * `secret-header`: it is public and requires a header with the value of the Terraform variable `origin_secret`, for accounts that cannot use VPC origins.
       */
      originAccess: oneOf(["vpc-origin", "secret-header"]).optional(),
    }),
    /** Plain HTTP at the load balancer's own name: for development only. */
    z.strictObject({ kind: z.literal("insecure-http") }),
  ],
  "https has a certificate, route53 and cloudfront have a hosted zone; insecure-http is for development without a domain.",
);

/** PostgreSQL: a DB instance, optionally with a standby, or Aurora Serverless v2 with a writer and readers. */
const database = z.discriminatedUnion(
  "engine",
  [
    z.strictObject({
      engine: z.literal("postgres").optional(),
      /** DB instance class: `db.m7g.large`. */
      instanceClass: text(),
      /** Storage at creation, in GiB. */
      allocatedStorageGiB: z.number(),
      /** Size up to which the storage grows automatically, in GiB. */
      maxAllocatedStorageGiB: z.number(),
      /** Whether a standby runs in another zone. */
      multiAz: z.boolean(),
      /** Days that automated backups are kept. */
      backupRetentionDays: z.number(),
      /** Number of read replicas. */
      readReplicaCount: z.number().optional(),
      /** DB instance class of the read replicas; default: that of the instance. */
      readReplicaClass: text().optional(),
    }),
    z.strictObject({
      engine: z.literal("aurora-postgresql"),
      /** Lowest capacity, in Aurora capacity units. */
      minCapacityAcu: z.number(),
      /** Highest capacity, in Aurora capacity units. */
      maxCapacityAcu: z.number(),
      /** Number of instances: one writer, the others readers. */
      instanceCount: z.number(),
      /** Days that automated backups are kept. */
      backupRetentionDays: z.number(),
    }),
  ],
  "The application stores its messages in PostgreSQL; both are engines for it.",
);

const email = textOf({
  test: isEmailAddress,
  expected: "an e-mail address, such as ops@example.com",
  remedy: "Use an address that receives mail: the subscription has to be confirmed there.",
});

const runbookUrl = textOf({
  test: (value) => isHttpsUrl(value) && /^[^()]{1,508}$/.test(value),
  expected: "an https URL of at most 508 characters, without # and parentheses in it",
  remedy: "Use the address of docs/runbooks/alarms.md in your repository; alarms append #<entry> to it.",
});

/** The fields of every environment, whatever its pattern. */
export const sharedFields = {
  /** Short name, part of every physical name: `dev`. */
  name,
  /** `production` turns on stricter checks (checks/production.ts) and policies. */
  tier: oneOf(["development", "production"], "It decides which checks and policies apply."),
  /** Set of sizes for the fields that the environment leaves out; see profiles.ts. */
  profile: oneOf(
    ["small", "standard", "enterprise"],
    "Choose one of them, or leave it out and give every field.",
  ).optional(),
  /** AWS account: 12 digits. */
  accountId: textOf({
    test: (value) => /^\d{12}$/.test(value),
    expected: "12 digits",
    remedy: "Find it with `aws sts get-caller-identity`.",
  }),
  region: textOf({
    test: isRegion,
    expected: "a region such as ap-northeast-1",
    remedy: "See `aws ec2 describe-regions`.",
  }),
  /** 2 or 3 zones of the region. */
  availabilityZones: z.array(text()),
  /** IPv4 block of the VPC; it must not overlap any other network that you may connect to it. */
  cidrBlock: text(),
  /** S3 bucket for the Terraform state of this environment. */
  state: z.strictObject({ bucket: stateBucket }),
  /**
   * Tag of the image to run; a promotion is a commit that changes it. `-var image_digest=sha256:…` runs a digest instead, and later
   * applies keep it until this changes.
   */
  release,
  /** Whether everything may be destroyed: no deletion protection, no final snapshot. */
  disposable: z.boolean(),
  /** Whether a customer managed key encrypts logs, database, cache and secrets; about $1 a month plus requests. */
  customerManagedKey: z.boolean(),
  /** Days that logs are kept. */
  logRetentionDays: oneOf(LOG_RETENTION_DAYS, "CloudWatch Logs accepts no other number of days."),
  /** How tasks reach the internet: the README of modules/network has the price and the blast radius of each. */
  egress: oneOf(EGRESS_KINDS),
  /** The NAT instances of egress `single-nat-instance` and `nat-instance-per-zone`; default: t4g.nano. */
  natInstance: partOf<NatInstance>("natInstance", NAT_INSTANCE).optional(),
  /** Whether clients and tasks use IPv6 in addition to IPv4; default false. IPv6 addresses are free. */
  ipv6: z.boolean().optional(),
  database,
  alarms: z.strictObject({
    /** Addresses that receive every alarm. */
    emails: z.array(email),
    /** Address of the runbook that every alarm links to: docs/runbooks/alarms.md in your repository; default: no link. */
    runbookUrl: runbookUrl.optional(),
  }),
};
