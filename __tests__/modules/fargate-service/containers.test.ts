import { TerraformVariable, Token } from "cdktf";
import { FargateService, type FargateServiceProps } from "../../../modules/fargate-service";
import { TASK_SIZES } from "../../../modules/ecs/task-sizes";
import { synthesize } from "../../helpers/synth";
import {
  behindLoadBalancer,
  container,
  containers,
  IMAGE,
  MASTER_ARN,
  minimal,
  reference,
  SECRET_ARN,
  service,
} from "./fixture";

const app = (props: Partial<FargateServiceProps> = {}) => container(service(props), "app");
const taskDefinition = (props: Partial<FargateServiceProps> = {}) => service(props).only("aws_ecs_task_definition");
const migration = { command: ["node", "migrate.js"] };

describe("the task", () => {
  const template = service();

  it("is a small ARM64 Fargate task whose old revisions are kept for a rollback", () => {
    expect(template.only("aws_ecs_task_definition")).toEqual({
      container_definitions: expect.any(String) as string,
      family: "crm-dev",
      requires_compatibilities: ["FARGATE"],
      network_mode: "awsvpc",
      cpu: "256",
      memory: "512",
      runtime_platform: { operating_system_family: "LINUX", cpu_architecture: "ARM64" },
      execution_role_arn: reference(template, "aws_iam_role", "service/execution-role", "arn"),
      task_role_arn: reference(template, "aws_iam_role", "service/task-role", "arn"),
      volume: [{ name: "tmp" }],
      skip_destroy: true,
    });
  });

  it("supports every Fargate size", () => {
    const sizes = [...TASK_SIZES].map(([cpu, memories]) => [cpu, memories.length, memories[0], memories.at(-1)]);
    expect(sizes).toEqual([
      [256, 3, 512, 2048],
      [512, 4, 1024, 4096],
      [1024, 7, 2048, 8192],
      [2048, 13, 4096, 16_384],
      [4096, 23, 8192, 30_720],
      [8192, 12, 16_384, 61_440],
      [16_384, 12, 32_768, 122_880],
    ]);
  });

  it("accepts another size, architecture and disk", () => {
    expect(
      taskDefinition({ cpu: 1024, memoryMiB: 8192, architecture: "X86_64", ephemeralStorageGiB: 40 }),
    ).toMatchObject({
      cpu: "1024",
      memory: "8192",
      runtime_platform: { cpu_architecture: "X86_64" },
      ephemeral_storage: { size_in_gib: 40 },
    });
  });
});

describe("the app's container with its defaults", () => {
  const template = service();

  it("is locked down, allows many open files, and logs without blocking", () => {
    expect(containers(template)).toEqual([
      {
        name: "app",
        image: IMAGE,
        user: "1001:1001",
        readonlyRootFilesystem: true,
        linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
        mountPoints: [{ sourceVolume: "tmp", containerPath: "/tmp", readOnly: false }],
        ulimits: [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }],
        essential: true,
        portMappings: [{ containerPort: 3000, hostPort: 3000, protocol: "tcp" }],
        environment: [],
        secrets: [],
        stopTimeout: 30,
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": reference(template, "aws_cloudwatch_log_group", "service/log-group", "name"),
            "awslogs-region": expect.stringMatching(/^\$\{local\.service_region_\w+\}$/) as string,
            "awslogs-stream-prefix": "app",
            mode: "non-blocking",
            "max-buffer-size": "25m",
          },
        },
      },
    ]);
  });

  it("takes the region from the log group, without a data source", () => {
    const locals = (template.json as { locals: Record<string, string> }).locals;
    const name = Object.keys(locals).find((key) => key.startsWith("service_region"))!;
    const arn = reference(template, "aws_cloudwatch_log_group", "service/log-group", "arn").slice(2, -1);
    expect(locals[name]).toBe(`\${element(split(":", ${arn}), 3)}`);
  });

  it("has its keys in a fixed order", () => {
    const keys = Object.keys(containers(template)[0]!);
    expect(keys.slice(0, 3)).toEqual(["name", "image", "user"]);
  });
});

describe("options of the app's container", () => {
  it("has a stop timeout of the drain plus ten seconds", () => {
    expect(app(behindLoadBalancer)["stopTimeout"]).toBe(70);
    expect(app({ drainSec: 110 })["stopTimeout"]).toBe(120);
  });

  it("accepts a name, a command and a user", () => {
    const template = service({ containerName: "crm", command: ["node", "server.js"], user: "node" });
    expect(container(template, "crm")).toMatchObject({ command: ["node", "server.js"], user: "node" });
  });

  it("has a health check with a start period for the boot", () => {
    const healthCheckCommand = ["CMD", "node", "health.js"];
    const healthCheck = { command: healthCheckCommand, interval: 30, timeout: 5, retries: 3 };
    expect(app({ healthCheckCommand, bootSec: 90 })["healthCheck"]).toEqual({ ...healthCheck, startPeriod: 90 });
    expect(app({ healthCheckCommand, bootSec: 400 })["healthCheck"]).toEqual({ ...healthCheck, startPeriod: 300 });
  });

  it("gives the ECS Exec agent writable volumes beside the read-only root", () => {
    const template = service({ enableExecuteCommand: true });
    expect(template.only("aws_ecs_task_definition")["volume"]).toEqual([
      { name: "tmp" },
      { name: "exec-lib" },
      { name: "exec-log" },
    ]);
    expect(container(template, "app")).toMatchObject({
      readonlyRootFilesystem: true,
      mountPoints: [
        { sourceVolume: "tmp", containerPath: "/tmp" },
        { sourceVolume: "exec-lib", containerPath: "/var/lib/amazon" },
        { sourceVolume: "exec-log", containerPath: "/var/log/amazon" },
      ],
    });
    expect(template.only("aws_ecs_service")["enable_execute_command"]).toBe(true);
  });
});

describe("variables", () => {
  it("are sorted by name, secrets too", () => {
    const made = app({
      environment: { PORT: "3000", NODE_ENV: "production", a: "" },
      secrets: { Z: SECRET_ARN, A: { arn: MASTER_ARN, jsonKey: "password" } },
    });
    expect(made.environment).toEqual([
      { name: "NODE_ENV", value: "production" },
      { name: "PORT", value: "3000" },
      { name: "a", value: "" },
    ]);
    expect(made.secrets).toEqual([
      { name: "A", valueFrom: `${MASTER_ARN}:password::` },
      { name: "Z", valueFrom: SECRET_ARN },
    ]);
  });

  it.each([
    ["a git commit", "3f786850e387550fdab836ed7e6dc881de23001b"],
    ["a URL with a user and no password", "postgresql://app@db.example.com:5432/crm?sslmode=verify-full"],
    ["origins with ports", "https://crm.example.com:8443,https://www.example.com"],
    ["an ARN", SECRET_ARN],
  ])("are not taken for a secret because of %s", (_, value) => {
    expect(app({ environment: { SETTING: value } }).environment).toEqual([{ name: "SETTING", value }]);
  });

  it("may look secret with a stated reason", () => {
    const made = app({ environment: { TOKEN_TTL_SEC: "300" }, plainTextReasons: { TOKEN_TTL_SEC: "A lifetime" } });
    expect(made.environment).toEqual([{ name: "TOKEN_TTL_SEC", value: "300" }]);
  });

  it.each([
    ["a secret's version", { arn: SECRET_ARN, versionId: "abc" }, `${SECRET_ARN}:::abc`],
    [
      "a secret's stage",
      { arn: SECRET_ARN, jsonKey: "k", versionStage: "AWSPREVIOUS" },
      `${SECRET_ARN}:k:AWSPREVIOUS:`,
    ],
    ["ECS's own text", `${SECRET_ARN}:k::`, `${SECRET_ARN}:k::`],
    ["a key that Terraform takes for a template", { arn: SECRET_ARN, jsonKey: "${k}" }, `${SECRET_ARN}:$\${k}::`],
    [
      "a parameter",
      "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/a",
      "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/a",
    ],
  ])("accept %s", (_, source, valueFrom) => {
    expect(app({ secrets: { A: source } }).secrets).toEqual([{ name: "A", valueFrom }]);
  });

  it("are literal: template syntax, quotes, line breaks and any script", () => {
    const literal = '${HOME} %{x} $${A} "q" \\ \n\t日本語';
    const made = app({ environment: { LITERAL: literal }, command: ["sh", "-c", 'echo "${HOME}"'] });
    // Terraform reads $${ and %%{ as ${ and %{.
    const [{ value } = { value: "" }] = made.environment;
    expect(value).toBe('$${HOME} %%{x} $$${A} "q" \\ \n\t日本語');
    expect(made["command"]).toEqual(["sh", "-c", 'echo "$${HOME}"']);
  });

  it("known only at apply are encoded by Terraform, once for both containers, and keep the JSON readable", () => {
    const template = synthesize((stack) => {
      const host = new TerraformVariable(stack, "host", { type: "string" });
      const environment = {
        URL: `redis://${host.stringValue}/${"${x}"}`,
        PORT: Token.asString(Token.asNumber(host.value)),
      };
      new FargateService(stack, "service", { ...minimal, environment, migration });
    });
    const locals = (template.json as { locals: Record<string, string> }).locals;
    const plain = Object.keys(locals).find((key) => key.startsWith("service_app-environment-URL_"))!;
    const json = Object.keys(locals).find((key) => key.startsWith("service_app-environment-URL-json_"))!;
    expect(locals[plain]).toBe("redis://${var.host}/$${x}");
    expect(locals[json]).toBe(`\${trimsuffix(trimprefix(jsonencode(local.${plain}), "\\""), "\\"")}`);
    for (const name of ["app", "migration"]) {
      expect(container(template, name).environment).toContainEqual({ name: "URL", value: `\${local.${json}}` });
    }
    expect(Object.keys(locals).filter((key) => key.includes("URL"))).toHaveLength(2);
  });
});

describe("the migration's container", () => {
  const template = service({
    ...behindLoadBalancer,
    environment: { DATABASE_URL: "postgresql://app@db/crm", LOG_LEVEL: "info", ROLE: "app" },
    secrets: { SESSION: SECRET_ARN },
    migration: {
      ...migration,
      environment: { LOG_LEVEL: "debug" },
      secrets: { MASTER: MASTER_ARN, ROLE: { arn: MASTER_ARN, jsonKey: "username" } },
      timeoutSec: 90,
    },
  });
  const migrating = container(template, "migration");

  it("must succeed before the app's container starts, and is not essential", () => {
    expect(container(template, "app")["dependsOn"]).toEqual([{ containerName: "migration", condition: "SUCCESS" }]);
    expect(migrating).toMatchObject({
      image: IMAGE,
      essential: false,
      command: ["node", "migrate.js"],
      startTimeout: 90,
      stopTimeout: 120,
    });
    expect(migrating["portMappings"]).toBeUndefined();
    expect(migrating["dependsOn"]).toBeUndefined();
  });

  it("is locked down like the app's container, and logs to a separate stream", () => {
    const { readonlyRootFilesystem, user, linuxParameters } = container(template, "app");
    expect(migrating).toMatchObject({ readonlyRootFilesystem, user, linuxParameters });
    expect(migrating["logConfiguration"]).toMatchObject({ options: { "awslogs-stream-prefix": "migration" } });
  });

  it("inherits the app's variables, which its own variables and secrets override", () => {
    expect(migrating.environment).toEqual([
      { name: "DATABASE_URL", value: "postgresql://app@db/crm" },
      { name: "LOG_LEVEL", value: "debug" },
    ]);
  });

  it("has only the secrets of the migration, not the app's", () => {
    expect(migrating.secrets.map(({ name }) => name)).toEqual(["MASTER", "ROLE"]);
    expect(container(template, "app").secrets.map(({ name }) => name)).toEqual(["SESSION"]);
  });

  it("has a timeout of two minutes by default", () => {
    expect(container(service({ migration }), "migration")["startTimeout"]).toBe(120);
  });
});
