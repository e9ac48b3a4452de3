import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { Database, type DatabaseProps } from "../../../modules/database";
import { synthesize } from "../../helpers/synth";
import { parsed } from "../../helpers/template";
import { database, minimal, refused } from "./make";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/8e7d3b62-5f0a-4a43-9f2b-0d6a3c1f9b11";
const secretArn = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-dev/app-AbCdEf";
const proxy = { userName: "messenger_app", secretArn };
const containing = (text: string) => expect.stringContaining(text) as unknown;

describe("RDS Proxy in front of an instance", () => {
  const template = database({ proxy });

  it("leaves the database unchanged", () => {
    const without = database();
    expect(template.addresses()).toEqual(expect.arrayContaining(without.addresses()));
    expect(template.only("aws_db_instance")).toEqual(without.only("aws_db_instance"));
    expect(template.counts()).toEqual({
      ...without.counts(),
      aws_cloudwatch_log_group: 3,
      aws_db_proxy: 1,
      aws_db_proxy_default_target_group: 1,
      aws_db_proxy_target: 1,
      aws_iam_role: 2,
      aws_iam_role_policy: 1,
      aws_security_group: 2,
      aws_vpc_security_group_egress_rule: 1,
      aws_vpc_security_group_ingress_rule: 1,
    });
  });

  it("accepts only TLS and IAM, for the one user whose secret it has", () => {
    expect(template.only("aws_db_proxy")).toEqual({
      name: "crm-dev-db",
      engine_family: "POSTGRESQL",
      require_tls: true,
      debug_logging: false,
      idle_client_timeout: 1800,
      role_arn: containing("aws_iam_role.database_proxy_role"),
      vpc_subnet_ids: minimal.network.isolatedSubnetIds,
      vpc_security_group_ids: [containing("aws_security_group.database_proxy_security-group")],
      auth: [
        {
          auth_scheme: "SECRETS",
          iam_auth: "REQUIRED",
          secret_arn: secretArn,
          description: "Password of messenger_app",
        },
      ],
      tags: { Name: "crm-dev-db" },
      depends_on: [containing("aws_cloudwatch_log_group."), containing("aws_iam_role_policy.")],
    });
    expect(template.resource("aws_cloudwatch_log_group", "database/proxy/log-group")).toEqual({
      lifecycle: { create_before_destroy: true },
      name: "/aws/rds/proxy/crm-dev-db",
      retention_in_days: 30,
    });
  });

  it("has a role that reads exactly that secret", () => {
    expect(parsed(template.resource("aws_iam_role", "database/proxy/role")["assume_role_policy"])).toMatchObject({
      Statement: [{ Principal: { Service: "rds.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
    expect(parsed(template.only("aws_iam_role_policy")["policy"])).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn }],
    });
  });

  it("is documented with a secret of the shape that it reads: JSON with the user's name and password", () => {
    const readme = readFileSync(join(__dirname, "..", "..", "..", "modules/database/README.md"), "utf8");
    const shape = /The secret holds JSON, `(\{.*?\})`/.exec(readme)?.[1] ?? "{}";
    expect(Object.keys(JSON.parse(shape) as object)).toEqual(["username", "password"]);
  });

  it("may decrypt the secret with the given key, and only through Secrets Manager", () => {
    const policy = database({ proxy: { ...proxy, secretKmsKeyArn: KEY } }).only("aws_iam_role_policy")["policy"];
    const via = /"secretsmanager\.\$\{element\(split\(":", aws_security_group\.[\w-]+\.arn\), 3\)\}\.amazonaws\.com"/;
    expect(parsed(String(policy).replace(via, '"via"'))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: { StringEquals: { "kms:ViaService": "via" } },
        },
      ],
    });
  });

  it("sizes its pool in percent of max_connections", () => {
    expect(template.only("aws_db_proxy_default_target_group")).toMatchObject({
      db_proxy_name: containing("aws_db_proxy."),
      connection_pool_config: {
        max_connections_percent: 90,
        max_idle_connections_percent: 50,
        connection_borrow_timeout: 30,
      },
    });
    const pool = { maxConnectionsPercent: 40, borrowTimeoutSec: 0, idleClientTimeoutSec: 60 };
    const small = database({ proxy: { ...proxy, ...pool } });
    expect(small.only("aws_db_proxy_default_target_group")["connection_pool_config"]).toEqual({
      max_connections_percent: 40,
      max_idle_connections_percent: 40,
      connection_borrow_timeout: 0,
    });
    expect(small.only("aws_db_proxy")["idle_client_timeout"]).toBe(60);
    expect(template.only("aws_db_proxy_target")).toMatchObject({
      db_instance_identifier: containing("aws_db_instance.database_instance"),
      target_group_name: containing("aws_db_proxy_default_target_group."),
    });
  });

  it("takes its target and endpoint with it when it is replaced: they refer to its id, known only when it exists again", () => {
    const [address] = Object.keys(template.json.resource!["aws_db_proxy"]!);
    const made = database({ proxy, engine: "aurora-postgresql" });
    const types = ["aws_db_proxy_default_target_group", "aws_db_proxy_target"];
    expect(
      [...types.map((type) => template.only(type)), made.only("aws_db_proxy_endpoint")].map(
        (block) => block["db_proxy_name"],
      ),
    ).toEqual(Array(3).fill(`\${aws_db_proxy.${address}.id}`));
  });

  it("connects to the database only, and accepts only named security groups", () => {
    const made = database({ proxy, port: 6000 }, ({ proxy }) => proxy!.allowFrom("service", "sg-0123456789abcdef0"));
    const [own, data] = [containing("database_proxy_security-group"), containing("database_security-group")];
    const rule = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
    expect(made.only("aws_vpc_security_group_egress_rule")).toMatchObject({
      security_group_id: own,
      referenced_security_group_id: data,
      ...rule(6000),
    });
    // The proxy listens on the engine's default port, whatever the database's port is.
    expect(made.resources("aws_vpc_security_group_ingress_rule")).toMatchObject({
      "database/ingress-proxy": { security_group_id: data, referenced_security_group_id: own, ...rule(6000) },
      "database/proxy/ingress-service": {
        security_group_id: own,
        referenced_security_group_id: "sg-0123456789abcdef0",
        ...rule(5432),
      },
    });
  });
});

/** Values that the construct exposes, as Terraform resolves them. */
function outputsOf(props: Partial<DatabaseProps>, look: (made: Database) => Record<string, string>) {
  const template = synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, ...props });
    for (const [id, value] of Object.entries(look(made))) new TerraformOutput(stack, id, { value });
  });
  const value = (id: string) => String(template.json.output![id]!["value"]);
  return { template, value };
}

it("serves its own user with IAM; other users and migrations connect to the database directly", () => {
  const { value } = outputsOf({ proxy, databaseName: "crm" }, (made) => ({
    app: made.connectionUrl("messenger_app"),
    direct: made.connectionUrl("messenger_app", { direct: true }),
    report: made.connectionUrl("reporter"),
    appStatement: String(made.iamConnectStatement("messenger_app").Resource),
    reportStatement: String(made.iamConnectStatement("reporter").Resource),
  }));
  expect(value("app")).toMatch(
    /^postgresql:\/\/messenger_app@\$\{aws_db_proxy\.database_proxy_\w+\.endpoint\}:5432\/crm\?sslmode=verify-full$/,
  );
  expect(value("direct")).toMatch(/^postgresql:\/\/messenger_app@\$\{aws_db_instance\.\w+\.address\}:5432\/crm/);
  expect(value("report")).toMatch(/^postgresql:\/\/reporter@\$\{aws_db_instance\./);
  expect(value("appStatement")).toMatch(
    /:dbuser:\$\{element\(split\(":", aws_db_proxy\.\w+\.arn\), 6\)\}\/messenger_app$/,
  );
  expect(value("reportStatement")).toMatch(/:dbuser:\$\{aws_db_instance\.\w+\.resource_id\}\/reporter$/);
});

describe("RDS Proxy in front of Aurora", () => {
  it("adds a read-only endpoint", () => {
    const { template, value } = outputsOf({ proxy, engine: "aurora-mysql" }, (made) => ({
      writer: made.connectionUrl("messenger_app"),
      readers: made.readerConnectionUrls("messenger_app").join(" "),
    }));
    expect(template.only("aws_db_proxy")["engine_family"]).toBe("MYSQL");
    expect(template.only("aws_db_proxy_endpoint")).toMatchObject({
      db_proxy_endpoint_name: "crm-dev-db-readers",
      target_role: "READ_ONLY",
      vpc_security_group_ids: [containing("database_proxy_security-group")],
    });
    expect(template.only("aws_db_proxy_target")).toMatchObject({
      db_cluster_identifier: containing("aws_rds_cluster."),
      depends_on: [containing("aws_rds_cluster_instance."), containing("aws_rds_cluster_instance.")],
    });
    expect(value("writer")).toMatch(/^mysql:\/\/messenger_app@\$\{aws_db_proxy\.\w[\w-]*\.endpoint\}:3306\//);
    expect(value("readers")).toMatch(/^mysql:\/\/messenger_app@\$\{aws_db_proxy_endpoint\.[\w-]+\.endpoint\}:3306\//);
  });

  it("has no read-only endpoint without a reader", () => {
    const template = database({ proxy, engine: "aurora-postgresql", instanceCount: 1 }, (made) => {
      expect(() => made.connectionUrl("messenger_app", { reader: true })).toThrow(
        '[test/database] connectionUrl: expected reader only with a second instance behind the proxy, got "messenger_app". Raise instanceCount, or read from the writer.',
      );
    });
    expect(template.count("aws_db_proxy_endpoint")).toBe(0);
  });
});

const secret = "Pass the ARN of the secret with the user's name and password.";
const idle = "The proxy cannot keep more connections open than it may open.";
it.each<[string, object, string]>([
  ["no user", { secretArn }, 'userName: expected a value, got nothing. Use a name such as "messenger_app".'],
  [
    "a user whom attackers try first",
    { ...proxy, userName: "admin" },
    'userName: expected a name that the engine does not reserve and that attackers do not try first, got "admin". Use a name such as "dbadmin" or "messenger_app".',
  ],
  [
    "the administrator",
    { ...proxy, userName: "dbadmin" },
    'userName: expected a user other than the administrator, got "dbadmin". The administrator connects without the proxy; create a user with only the privileges that the app needs.',
  ],
  ["no secret", { userName: "messenger_app" }, `secretArn: expected a value, got nothing. ${secret}`],
  [
    "a secret by its name",
    { ...proxy, secretArn: "crm/app" },
    `secretArn: expected the ARN of a Secrets Manager secret, arn:…:secretsmanager:<region>:<account>:secret:<name>-<6 characters>, got "crm/app". ${secret}`,
  ],
  [
    "a key by its alias",
    { ...proxy, secretKmsKeyArn: "alias/crm" },
    'secretKmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/crm". Pass the ARN of a KMS key, not its id or alias.',
  ],
  [
    "a pool of nothing",
    { ...proxy, maxConnectionsPercent: 0, maxIdleConnectionsPercent: 0 },
    "maxConnectionsPercent: expected a whole number from 1 to 100 %, got 0. It is a percentage of the database's max_connections.",
  ],
  [
    "more idle connections than all",
    { ...proxy, maxConnectionsPercent: 20, maxIdleConnectionsPercent: 21 },
    `maxIdleConnectionsPercent: expected at most maxConnectionsPercent (20), got 21. ${idle}`,
  ],
  [
    "a share above the whole",
    { ...proxy, maxConnectionsPercent: 100, maxIdleConnectionsPercent: -1 },
    "maxIdleConnectionsPercent: expected a whole number from 0 to 100 %, got -1. It is a percentage of the database's max_connections.",
  ],
  [
    "clients that wait for ever",
    { ...proxy, borrowTimeoutSec: 301 },
    "borrowTimeoutSec: expected a whole number from 0 to 300 s, got 301. A client that waits longer should get an error.",
  ],
  [
    "clients that are cut off at once",
    { ...proxy, idleClientTimeoutSec: 59 },
    "idleClientTimeoutSec: expected a whole number from 60 to 28800 s, got 59. RDS Proxy accepts 1 minute to 8 hours.",
  ],
  [
    "a typing mistake",
    { ...proxy, user: "x" },
    "user: expected a prop that exists, got an unknown one. Known props: borrowTimeoutSec, idleClientTimeoutSec, maxConnectionsPercent, maxIdleConnectionsPercent, secretArn, secretKmsKeyArn, userName.",
  ],
])("refuses %s", (_, given, message) => {
  expect(refused({ proxy: given as never })).toEqual([`[test/database] proxy.${message}`]);
});

it("refuses a proxy in front of a cluster that may pause", () => {
  expect(refused({ proxy, engine: "aurora-postgresql", minCapacityAcu: 0 })).toEqual([
    "[test/database] proxy: expected nothing with minCapacityAcu 0, got a proxy. A proxy keeps connections open, so no instance would ever pause: set minCapacityAcu to 0.5 or more.",
  ]);
});

it("accepts values known only at apply", () => {
  const template = synthesize((stack) => {
    const later = (id: string) => new TerraformVariable(stack, id, {});
    const secret = { secretArn: later("secret").stringValue, secretKmsKeyArn: later("key").stringValue };
    const pool = { maxConnectionsPercent: later("share").numberValue };
    new Database(stack, "database", { ...minimal, proxy: { ...proxy, ...secret, ...pool } });
  });
  expect(template.only("aws_db_proxy_default_target_group")["connection_pool_config"]).toMatchObject({
    max_connections_percent: "${var.share}",
    max_idle_connections_percent: 50,
  });
  expect(template.only("aws_iam_role_policy")["policy"]).toContain('"Resource":"${var.key}"');
  expect(template.text).not.toMatch(/TfToken|Token\[|NaN/);
});
