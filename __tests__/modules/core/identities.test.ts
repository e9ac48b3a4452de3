import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { App, TerraformCount, TerraformStack, TerraformVariable } from "cdktf";
import {
  AlarmTopic,
  AlbWebsocket,
  Cache,
  Cdn,
  type CdnProps,
  Database,
  EncryptionKey,
  FargateService,
  LogBucket,
  Monitoring,
  Network,
  Registry,
  Secrets,
  Waf,
  type WafProps,
} from "../../../modules";
import { ConfigurationError } from "../../../modules/core";
import { IDENTITIES } from "../../../modules/core/identities/identities";
import { locationOf } from "../../../modules/core/location";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { minimal as minimalCache } from "../cache/make";
import { minimal as minimalCdn } from "../cdn/fixture";
import { minimal as minimalService } from "../fargate-service/fixture";
import { everything, TOPIC_ARN } from "../monitoring/fixture";

const stores = minimalCache.network;
const subnets = stores.isolatedSubnetIds;
const CLUSTER = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "shared" };
const BALANCER = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0123456789abcdef";
const TRUST = "{}";

type Build = (stack: TerraformStack, id: string) => unknown;
const network = (name: string): Build => {
  return (stack, id) => {
    const { region = "ap-northeast-1" } = locationOf(stack);
    return new Network(stack, id, { name, availabilityZones: [`${region}a`, `${region}c`] });
  };
};
const balancer = (name: string): Build => {
  return (stack, id) =>
    new AlbWebsocket(stack, id, {
      name,
      network: { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: subnets },
      allowInsecureHttp: true,
    });
};
const database = (name: string, identifier?: string): Build => {
  return (stack, id) => new Database(stack, id, { name, identifier, network: stores });
};
const cache = (name: string, userName?: string): Build => {
  const authentication = { kind: "iam", userName } as const;
  return (stack, id) => new Cache(stack, id, { ...minimalCache, name, authentication });
};
const service = (name: string): Build => {
  return (stack, id) => new FargateService(stack, id, { ...minimalService, name, cluster: CLUSTER });
};
const waf = (props: WafProps): Build => {
  return (stack, id) => new Waf(stack, id, props);
};

const cases: readonly [string, Build, Build, string, string?][] = [
  ["networks", network("crm"), network("crm"), "aws_cloudwatch_log_group /vpc/crm/flow-logs"],
  ["load balancers", balancer("crm"), balancer("crm"), "aws_lb crm-alb"],
  ["databases", database("crm"), database("crm"), "aws_db_instance crm-db"],
  ["identifiers of databases", database("crm", "x"), database("hr", "x"), "aws_db_instance x", "identifier"],
  ["caches", cache("crm"), cache("crm"), "aws_elasticache_replication_group crm-cache"],
  ["cache users", cache("crm", "x"), cache("hr", "x"), "aws_elasticache_user x", "authentication.userName"],
  ["services in one cluster", service("crm"), service("crm"), "aws_ecs_service crm"],
  ["web ACLs", waf({ name: "crm" }), waf({ name: "crm" }), "aws_wafv2_web_acl crm-waf"],
  [
    "web ACLs of one load balancer",
    waf({ name: "crm", associateWith: { alb: BALANCER } }),
    waf({ name: "hr", associateWith: { alb: BALANCER } }),
    `aws_wafv2_web_acl_association ${BALANCER}`,
    "associateWith",
  ],
  [
    "distributions with one domain name",
    (stack, id) => new Cdn(stack, id, { ...(minimalCdn as CdnProps), name: "crm" }),
    (stack, id) => new Cdn(stack, id, { ...(minimalCdn as CdnProps), name: "hr", domainNames: ["crm.example.com"] }),
    "aws_cloudfront_distribution crm.example.com",
    "domainNames",
  ],
  ...pairs(
    "buckets",
    (stack, id) => new LogBucket(stack, id, { name: "crm", accountId: "123456789012" }),
    "aws_s3_bucket crm-logs-123456789012",
  ),
  ...pairs(
    "repositories",
    (stack, id) => new Registry(stack, id, { repositoryName: "crm" }),
    "aws_ecr_repository crm",
    "repositoryName",
  ),
  ...pairs(
    "keys",
    (stack, id) => new EncryptionKey(stack, id, { name: "crm", region: "ap-northeast-1", accountId: "123456789012" }),
    "aws_kms_alias alias/crm",
  ),
  ...pairs(
    "secrets",
    (stack, id) => new Secrets(stack, id, { name: "crm", external: { a: { description: "A" } } }),
    "aws_secretsmanager_secret crm/a",
  ),
  ...pairs("topics", (stack, id) => new AlarmTopic(stack, id, { name: "crm" }), "aws_sns_topic crm-alarms"),
  ...pairs(
    "sets of alarms",
    (stack, id) => new Monitoring(stack, id, { ...everything, alarmTopicArn: TOPIC_ARN }),
    "aws_cloudwatch_metric_alarm",
  ),
];

function pairs(title: string, build: Build, listed: string, prop?: string): [string, Build, Build, string, string?][] {
  return [[title, build, build, listed, prop]];
}

it.each(cases)("refuses two %s, and names both constructs", (_title, one, two, resource, prop = "name") => {
  const lines = refusal((stack) => {
    one(stack, "one");
    two(stack, "two");
  });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^\\[test/two\\] ${prop}: .* got those of test/one: `));
  expect(lines[0]).toContain(resource);
});

it("says which resources they are and what to change", () => {
  const lines = refusal((stack) => {
    network("crm")(stack, "one");
    network("crm")(stack, "two");
  });
  expect(lines).toEqual([
    "[test/two] name: expected resources that are unique at AWS, got those of test/one: " +
      "aws_cloudwatch_log_group /vpc/crm/flow-logs, aws_iam_role crm-flow-logs. " +
      "Change name of one of the two: AWS refuses the second one during the apply, or takes it for the first.",
  ]);
});

it("counts the resources that it does not list, and reports each two constructs", () => {
  const lines = refusal((stack) => {
    for (const id of ["one", "two"]) new Monitoring(stack, id, { ...everything, alarmTopicArn: TOPIC_ARN });
    network("crm")(stack, "three");
    network("crm")(stack, "four");
  });
  expect(lines.map((line) => /^\[.*?\]/.exec(line)?.[0])).toEqual(["[test/two]", "[test/four]"]);
  expect(lines[0]).toMatch(/ and \d\d more\. Change name /);
});

describe("resources of a user, beside a construct", () => {
  /** The lines about resources that are created beside a network. */
  const beside = (build: (stack: TerraformStack) => void) =>
    refusal((stack) => {
      network("crm")(stack, "network");
      build(stack);
    }).map((line) => line.replace(/: expected .*? got those of/, ":").replace(/ Change .*/, ""));

  it("are named themselves, also where types share one set of names", () => {
    expect(
      beside((stack) => {
        new CloudwatchLogGroup(stack, "group", { name: "/vpc/crm/flow-logs" });
        new IamRole(stack, "role", { name: "CRM-Flow-Logs", assumeRolePolicy: TRUST });
        new DbInstance(stack, "instance", { identifier: "crm", instanceClass: "db.t4g.micro" });
        new RdsClusterInstance(stack, "member", {
          identifier: "crm",
          clusterIdentifier: "hr",
          instanceClass: "db.t4g.medium",
          engine: "aurora-postgresql",
        });
      }),
    ).toEqual([
      "[test/group] name: test/network: aws_cloudwatch_log_group /vpc/crm/flow-logs.",
      "[test/role] name: test/network: aws_iam_role CRM-Flow-Logs.",
      "[test/member] identifier: test/instance: aws_rds_cluster_instance crm.",
    ]);
  });

  it("are compared as they are written, with overrides", () => {
    const lines = beside((stack) => {
      const group = new CloudwatchLogGroup(stack, "group", { name: "/other" });
      group.addOverride("name", "/vpc/crm/flow-logs");
    });
    expect(lines).toEqual(["[test/group] name: test/network: aws_cloudwatch_log_group /vpc/crm/flow-logs."]);
  });

  it("are refused as second settings of one thing", () => {
    const lines = beside((stack) => {
      const { bucket } = new LogBucket(stack, "logs", { name: "crm", accountId: "123456789012" });
      new S3BucketPolicy(stack, "policy", { bucket: bucket.id, policy: "{}" });
    });
    expect(lines).toEqual(["[test/policy] bucket: test/logs: aws_s3_bucket_policy."]);
  });

  it("are the same when the same reference names them", () => {
    const lines = beside((stack) => {
      const name = new TerraformVariable(stack, "name", { type: "string" });
      new CloudwatchLogGroup(stack, "one", { name: `/a/${name.stringValue}` });
      new CloudwatchLogGroup(stack, "two", { name: `/a/${name.stringValue}` });
    });
    expect(lines).toEqual(["[test/two] name: test/one: aws_cloudwatch_log_group."]);
  });
});

describe("accepts", () => {
  const accepted = (build: (stack: TerraformStack) => void) =>
    synthesize((stack) => {
      network("crm")(stack, "network");
      build(stack);
    });

  it.each<[string, (stack: TerraformStack) => void]>([
    [
      "all constructs under one name",
      (stack) => {
        for (const build of [balancer, database, cache, service]) build("crm")(stack, build.name);
        waf({ name: "crm" })(stack, "waf");
        new AlarmTopic(stack, "topic", { name: "crm" });
      },
    ],
    [
      "security groups with one name in two VPCs",
      (stack) => {
        new SecurityGroup(stack, "one", { name: "web", vpcId: "vpc-1" });
        new SecurityGroup(stack, "two", { name: "web", vpcId: "vpc-2" });
      },
    ],
    [
      "services with one name in two clusters",
      (stack) => {
        const { name } = CLUSTER;
        new EcsService(stack, "one", { name, cluster: "a" });
        new EcsService(stack, "two", { name, cluster: "b" });
      },
    ],
    [
      "names that AWS or the provider chooses",
      (stack) => {
        new SecurityGroup(stack, "one", { namePrefix: "web-" });
        new SecurityGroup(stack, "two", { namePrefix: "web-" });
        new Lb(stack, "three", {});
        new Lb(stack, "four", {});
      },
    ],
    [
      "resources of which only one exists, by their count",
      (stack) => {
        const blue = new TerraformVariable(stack, "blue", { type: "number" }).numberValue;
        new CloudwatchLogGroup(stack, "one", { name: "/a", count: TerraformCount.of(blue) });
        new CloudwatchLogGroup(stack, "two", { name: "/a", count: TerraformCount.of(blue) });
      },
    ],
    [
      "the records of a certificate that another one needs, too",
      (stack) => {
        const record = { zoneId: "Z1", name: "_a.example.com", type: "CNAME", allowOverwrite: true };
        new Route53Record(stack, "one", record);
        new Route53Record(stack, "two", record);
      },
    ],
    [
      "a name in two regions, but of one that is global",
      (stack) => {
        const provider = new AwsProvider(stack, "edge", { region: "us-east-1", alias: "edge" });
        new CloudwatchLogGroup(stack, "group", { name: "/vpc/crm/flow-logs", provider });
      },
    ],
  ])("%s", (_, build) => void accepted(build));
});

describe("in two stacks", () => {
  interface Place {
    readonly region?: string;
    readonly allowedAccountIds?: string[];
  }
  /** Synthesizes a construct in two stacks; their providers get the given regions and accounts. */
  const both = (build: Build, one: Place, two: Place) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), "identities-")), stackTraces: false });
    try {
      for (const [id, place] of Object.entries({ one, two })) {
        const stack = new TerraformStack(app, id);
        new AwsProvider(stack, "aws", { region: "ap-northeast-1", ...place });
        build(stack, "made");
      }
      app.synth();
      return "accepted";
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      const files = readdirSync(app.outdir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
      expect(files).toEqual([]);
      return error.message;
    } finally {
      rmSync(app.outdir, { recursive: true, force: true });
    }
  };
  const [dev, prod] = [["111111111111"], ["222222222222"]];
  const logs: Build = (stack, id) => new LogBucket(stack, id, { name: "crm", accountId: "123456789012" });

  it.each<[string, Build, Place, Place]>([
    ["of one account and region", network("crm"), { allowedAccountIds: dev }, { allowedAccountIds: dev }],
    [
      "of one account in two regions, for IAM",
      network("crm"),
      { allowedAccountIds: dev },
      { allowedAccountIds: dev, region: "eu-west-1" },
    ],
    ["of two accounts, for a bucket", logs, { allowedAccountIds: dev }, { allowedAccountIds: prod }],
  ])("refuses one name, and writes nothing: %s", (_, build, one, two) => {
    expect(both(build, one, two)).toMatch(/^\[two\/made\] name: .* got those of one\/made: aws_/);
  });

  it.each<[string, Build, Place, Place]>([
    ["of two accounts", network("crm"), { allowedAccountIds: dev }, { allowedAccountIds: prod }],
    ["of accounts that are not known", network("crm"), {}, {}],
    ["in two regions", cache("crm"), { allowedAccountIds: dev }, { allowedAccountIds: dev, region: "eu-west-1" }],
    ["in two partitions, for a bucket", logs, {}, { region: "cn-north-1" }],
  ])("accepts one name: %s", (_, build, one, two) => expect(both(build, one, two)).toBe("accepted"));
});

it("compares again in a second synth", () => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), "identities-")), stackTraces: false });
  const stack = new TerraformStack(app, "test");
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  network("crm")(stack, "one");
  app.synth();
  network("crm")(stack, "two");
  expect(() => app.synth()).toThrow(ConfigurationError);
  rmSync(app.outdir, { recursive: true, force: true });
});

/** Types of the modules that have no name at AWS, or that may have one twice. */
const WITHOUT_IDENTITY = [
  "acm_certificate",
  "acm_certificate_validation",
  "apprunner_auto_scaling_configuration_version",
  "apprunner_observability_configuration",
  "cloudwatch_log_delivery",
  "db_proxy_target",
  "ecs_task_definition",
  "egress_only_internet_gateway",
  "eip",
  "flow_log",
  "iam_role_policy_attachment",
  "internet_gateway",
  "kms_key",
  "lb_listener_certificate",
  "nat_gateway",
  "network_interface",
  "route_table",
  "route53_zone",
  "secretsmanager_secret_version",
  "subnet",
  "vpc",
  "vpc_endpoint",
  // Compared where they are created, which names the props.
  "vpc_security_group_egress_rule",
  "vpc_security_group_ingress_rule",
];

it("knows every resource type that a module creates", () => {
  const modules = join(__dirname, "../../../modules");
  const types = readdirSync(modules, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...readFileSync(join(modules, file), "utf8").matchAll(/"@cdktf\/provider-aws\/lib\/([^"]+)"/g)])
    .map(([, type = ""]) => type.replaceAll("-", "_"))
    .filter((type) => type !== "provider" && !type.startsWith("data_"));
  const known = [...Object.keys(IDENTITIES).map((type) => type.replace("aws_", "")), ...WITHOUT_IDENTITY];
  expect([...new Set(types)].filter((type) => !known.includes(type))).toEqual([]);
  expect(WITHOUT_IDENTITY.filter((type) => `aws_${type}` in IDENTITIES || !types.includes(type))).toEqual([]);
});
