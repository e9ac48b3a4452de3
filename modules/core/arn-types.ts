import { type Origin } from "./origin";
import { describeCacheTopicFlaw, describeTopicFlaw } from "./topics";

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
   * `edge` for any region of the same account, `anywhere` for any region of any account.
   */
  readonly scope: "account" | "region" | "edge" | "anywhere";
  /**
   * Attributes of Terraform resources that hold such an ARN, `aws_kms_key.arn`.
   * @default unknown
   */
  readonly attributes?: readonly string[] | undefined;
  /**
   * Says what keeps a resource of the app from being used, with its path; `undefined` when nothing does.
   * @default any can be used
   */
  readonly describeFlaw?: ((origin: Origin) => string | undefined) | undefined;
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
  { resource, ...rest }: { resource: string } & Pick<ArnType, "form" | "scope" | "attributes" | "describeFlaw">,
): ArnType {
  return { what, service, ...rest, resource: new RegExp(`^${resource}$`) };
}

const CERTIFICATE_ATTRIBUTES = [
  "aws_acm_certificate.arn",
  "aws_acm_certificate.id",
  "aws_acm_certificate_validation.certificate_arn",
];
const TOPIC = {
  form: "<name>",
  resource: "[A-Za-z0-9_-]{1,256}",
  attributes: ["aws_sns_topic.arn", "aws_sns_topic.id", "aws_sns_topic_policy.arn", "aws_sns_topic_policy.id"],
};
const LOAD_BALANCER_ATTRIBUTES = ["aws_lb.arn", "aws_lb.id", "aws_alb.arn", "aws_alb.id"];

/** The types of resource that props take, by a short name. */
export const ARN_TYPES = {
  kmsKey: type("a KMS key", "kms", {
    form: "key/<id>",
    resource: `key/${ID}`,
    scope: "region",
    attributes: [
      "aws_kms_key.arn",
      "aws_kms_replica_key.arn",
      "aws_kms_external_key.arn",
      "aws_kms_replica_external_key.arn",
    ],
  }),
  certificate: type("an ACM certificate", "acm", {
    form: "certificate/<id>",
    resource: `certificate/${ID}`,
    scope: "account",
    attributes: CERTIFICATE_ATTRIBUTES,
  }),
  // CloudFront's certificate, which has a region of its own. Source: CloudFront developer guide, "Requirements for using SSL/TLS certificates".
  edgeCertificate: type("an ACM certificate", "acm", {
    form: "certificate/<id>",
    resource: `certificate/${ID}`,
    scope: "edge",
    attributes: CERTIFICATE_ATTRIBUTES,
  }),
  // Of any account: CloudWatch and EventBridge publish where the topic's policy allows it.
  topic: type("a standard SNS topic", "sns", { ...TOPIC, scope: "region", describeFlaw: describeTopicFlaw }),
  // Source: ElastiCache user guide, "Event notifications and Amazon SNS", requirements.
  cacheTopic: type("a standard SNS topic without encryption", "sns", {
    ...TOPIC,
    scope: "account",
    describeFlaw: describeCacheTopicFlaw,
  }),
  secret: type("a Secrets Manager secret", "secretsmanager", {
    form: "secret:<name>-<6 characters>",
    resource: "secret:[A-Za-z0-9/_+=.@!-]{1,519}",
    scope: "region",
    attributes: [
      "aws_secretsmanager_secret.arn",
      "aws_secretsmanager_secret.id",
      "aws_secretsmanager_secret_version.arn",
      "aws_secretsmanager_secret_rotation.id",
      "aws_secretsmanager_secret_policy.id",
    ],
  }),
  cluster: type("an ECS cluster", "ecs", {
    form: "cluster/<name>",
    resource: "cluster/[A-Za-z0-9_-]{1,255}",
    scope: "account",
    attributes: ["aws_ecs_cluster.arn", "aws_ecs_cluster.id"],
  }),
  targetGroup: type("a target group", "elasticloadbalancing", {
    form: "targetgroup/<name>/<id>",
    resource: `targetgroup/${LOAD_BALANCER_NAME}/${LOAD_BALANCER_ID}`,
    scope: "account",
    attributes: [
      "aws_lb_target_group.arn",
      "aws_lb_target_group.id",
      "aws_alb_target_group.arn",
      "aws_alb_target_group.id",
    ],
  }),
  loadBalancer: type("an Application or Network Load Balancer", "elasticloadbalancing", {
    form: "loadbalancer/app/<name>/<id>",
    resource: `loadbalancer/(?:app|net)/${LOAD_BALANCER_NAME}/${LOAD_BALANCER_ID}`,
    scope: "account",
    attributes: LOAD_BALANCER_ATTRIBUTES,
  }),
  repository: type("an ECR repository", "ecr", {
    form: "repository/<name>",
    resource: "repository/[a-z0-9]+(?:[._/-]+[a-z0-9]+)*",
    scope: "anywhere",
    attributes: ["aws_ecr_repository.arn"],
  }),
  // Source: App Runner API reference, Connection.ConnectionName.
  appRunnerConnection: type("an App Runner connection", "apprunner", {
    form: "connection/<name>/<id>",
    resource: "connection/[A-Za-z0-9][A-Za-z0-9_-]{3,31}/[0-9a-f]{32}",
    scope: "account",
    attributes: ["aws_apprunner_connection.arn"],
  }),
  webAcl: type("a web ACL", "wafv2", {
    form: "global/webacl/<name>/<id>",
    resource: `(?:regional|global)/webacl/${WAF_NAME_AND_ID}`,
    scope: "edge",
    attributes: ["aws_wafv2_web_acl.arn"],
  }),
  ipSet: type("an IP set of WAF", "wafv2", {
    form: "regional/ipset/<name>/<id>",
    resource: `(?:regional|global)/ipset/${WAF_NAME_AND_ID}`,
    scope: "anywhere",
    attributes: ["aws_wafv2_ip_set.arn"],
  }),
  ruleGroup: type("a rule group of WAF", "wafv2", {
    form: "regional/rulegroup/<name>/<id>",
    resource: `(?:regional|global)/rulegroup/${WAF_NAME_AND_ID}`,
    scope: "anywhere",
    attributes: ["aws_wafv2_rule_group.arn"],
  }),
  queue: type("an SQS queue", "sqs", {
    form: "<name>",
    resource: "[A-Za-z0-9_-]{1,80}",
    scope: "anywhere",
    attributes: ["aws_sqs_queue.arn"],
  }),
  lambda: type("a Lambda function", "lambda", {
    form: "function:<name>",
    resource: "function:[A-Za-z0-9_-]{1,64}(?::(?:\\$LATEST|[A-Za-z0-9_-]{1,128}))?",
    scope: "anywhere",
    attributes: [
      "aws_lambda_function.arn",
      "aws_lambda_function.qualified_arn",
      "aws_lambda_alias.arn",
      "aws_lambda_alias.id",
    ],
  }),
} as const satisfies Readonly<Record<string, ArnType>>;
