/** A type of resource that a prop takes the ARN of. Source of the forms: Service authorization reference, "Resource types". */
export interface ArnType {
  /** With its article: "a KMS key". */
  readonly what: string;
  readonly service: string;
  /** The part after the account. */
  readonly resource: RegExp;
  /** How that part looks, for the error message. */
  readonly form: string;
  /**
   * Where a resource may be to be used: `account` for the same account and region, `region` for the same region of any account,
   * `anywhere` for any region.
   */
  readonly scope: "account" | "region" | "anywhere";
  /** Whether its ARNs hold no account. */
  readonly withoutAccount?: boolean | undefined;
}

/**
 * An id of at most 36 characters: a UUID, or `mrk-` and 32 digits for a multi-region key. Longer text has something appended.
 * Sources: KMS developer guide, "Key identifiers"; ACM API reference, CertificateDetail.
 */
const ID = "[A-Za-z0-9-]{1,36}";
/** Source: Elastic Load Balancing API reference, CreateLoadBalancer and CreateTargetGroup. */
const LOAD_BALANCER_NAME = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?";
const LOAD_BALANCER_ID = "[0-9a-f]{1,17}";
/** Source: WAFV2 API reference, the data types EntityName and EntityId. */
const WAF_NAME_AND_ID = "[\\w-]{1,128}/[A-Za-z0-9-]{1,36}";

function type(
  what: string,
  service: string,
  { form, resource, scope }: { form: string; resource: string; scope: ArnType["scope"] },
): ArnType {
  return { what, service, form, resource: new RegExp(`^${resource}$`), scope };
}

/** The types of resource that props take, by a short name. */
export const ARN_TYPES = {
  kmsKey: type("a KMS key", "kms", { form: "key/<id>", resource: `key/${ID}`, scope: "region" }),
  certificate: type("an ACM certificate", "acm", {
    form: "certificate/<id>",
    resource: `certificate/${ID}`,
    scope: "account",
  }),
  // CloudFront's certificate, which has a region of its own.
  edgeCertificate: type("an ACM certificate", "acm", {
    form: "certificate/<id>",
    resource: `certificate/${ID}`,
    scope: "anywhere",
  }),
  topic: type("an SNS topic", "sns", { form: "<name>", resource: "[A-Za-z0-9_-]{1,256}(?:\\.fifo)?", scope: "region" }),
  secret: type("a Secrets Manager secret", "secretsmanager", {
    form: "secret:<name>-<6 characters>",
    resource: "secret:[A-Za-z0-9/_+=.@!-]{1,519}",
    scope: "region",
  }),
  cluster: type("an ECS cluster", "ecs", {
    form: "cluster/<name>",
    resource: "cluster/[A-Za-z0-9_-]{1,255}",
    scope: "account",
  }),
  targetGroup: type("a target group", "elasticloadbalancing", {
    form: "targetgroup/<name>/<id>",
    resource: `targetgroup/${LOAD_BALANCER_NAME}/${LOAD_BALANCER_ID}`,
    scope: "account",
  }),
  loadBalancer: type("an Application or Network Load Balancer", "elasticloadbalancing", {
    form: "loadbalancer/app/<name>/<id>",
    resource: `loadbalancer/(?:app|net)/${LOAD_BALANCER_NAME}/${LOAD_BALANCER_ID}`,
    scope: "account",
  }),
  repository: type("an ECR repository", "ecr", {
    form: "repository/<name>",
    resource: "repository/[a-z0-9]+(?:[._/-]+[a-z0-9]+)*",
    scope: "anywhere",
  }),
  webAcl: type("a web ACL", "wafv2", {
    form: "global/webacl/<name>/<id>",
    resource: `(?:regional|global)/webacl/${WAF_NAME_AND_ID}`,
    scope: "anywhere",
  }),
  ipSet: type("an IP set of WAF", "wafv2", {
    form: "regional/ipset/<name>/<id>",
    resource: `(?:regional|global)/ipset/${WAF_NAME_AND_ID}`,
    scope: "anywhere",
  }),
  ruleGroup: type("a rule group of WAF", "wafv2", {
    form: "regional/rulegroup/<name>/<id>",
    resource: `(?:regional|global)/rulegroup/${WAF_NAME_AND_ID}`,
    scope: "anywhere",
  }),
  queue: type("an SQS queue", "sqs", { form: "<name>", resource: "[A-Za-z0-9_-]{1,80}", scope: "anywhere" }),
  lambda: type("a Lambda function", "lambda", {
    form: "function:<name>",
    resource: "function:[A-Za-z0-9_-]{1,64}(?::(?:\\$LATEST|[A-Za-z0-9_-]{1,128}))?",
    scope: "anywhere",
  }),
} as const satisfies Readonly<Record<string, ArnType>>;
