import { type FargateServiceProps } from "../../../modules/fargate-service";
import { container, containers, IMAGE, REPOSITORY_ARN, refused, SECRET_ARN, service, statements } from "./fixture";

const OTEL = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/otel:0.116.0";
const sidecars: FargateServiceProps["sidecars"] = {
  otel: {
    image: OTEL,
    command: ["--config=env:CONFIG"],
    user: "10001:10001",
    ports: [4317],
    environment: { CONFIG: "receivers: {}" },
    secrets: { LICENSE: SECRET_ARN },
    healthCheckCommand: ["CMD", "/healthcheck"],
    appWaitsFor: "HEALTHY",
    essential: true,
    cpu: 64,
    memoryMiB: 128,
    writablePaths: ["/var/lib/otel"],
  },
};

describe("a sidecar", () => {
  const template = service({ sidecars });

  it("is a container as hardened as the app's, with what it is given", () => {
    expect(container(template, "otel")).toEqual({
      name: "otel",
      image: OTEL,
      user: "10001:10001",
      readonlyRootFilesystem: true,
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      mountPoints: [{ sourceVolume: "otel-0", containerPath: "/var/lib/otel", readOnly: false }],
      ulimits: [{ name: "nofile", softLimit: 65_536, hardLimit: 65_536 }],
      essential: true,
      cpu: 64,
      memory: 128,
      command: ["--config=env:CONFIG"],
      portMappings: [{ containerPort: 4317, hostPort: 4317, protocol: "tcp" }],
      environment: [{ name: "CONFIG", value: "receivers: {}" }],
      secrets: [{ name: "LICENSE", valueFrom: SECRET_ARN }],
      healthCheck: { command: ["CMD", "/healthcheck"], interval: 30, timeout: 5, retries: 3 },
      stopTimeout: 30,
      logConfiguration: expect.anything() as unknown,
    });
    const { options } = container(template, "otel")["logConfiguration"] as { options: Record<string, string> };
    expect(options["awslogs-stream-prefix"]).toBe("otel");
  });

  it("starts before the app, and has volumes of its own", () => {
    expect(container(template, "app")["dependsOn"]).toEqual([{ containerName: "otel", condition: "HEALTHY" }]);
    expect(template.only("aws_ecs_task_definition")["volume"]).toEqual([{ name: "tmp" }, { name: "otel-0" }]);
    expect(container(template, "app")["mountPoints"]).toEqual([
      { sourceVolume: "tmp", containerPath: "/tmp", readOnly: false },
    ]);
  });

  it("lets the execution role pull its image and read its secrets", () => {
    const allowed = statements(template, "service/execution-policy");
    expect(allowed["PullImage"]?.Resource).toEqual([
      REPOSITORY_ARN,
      "arn:aws:ecr:ap-northeast-1:123456789012:repository/otel",
    ]);
    expect(allowed["ReadSecrets"]?.Resource).toEqual([SECRET_ARN]);
  });

  it("has time to stop after the app, which a deployment waits for", () => {
    let without: number | undefined;
    service({}, ({ worstCaseDeploySec }) => (without = worstCaseDeploySec));
    service({ sidecars }, ({ worstCaseDeploySec }) => expect(worstCaseDeploySec).toBe(without! + 30));
  });
});

it("is small by default", () => {
  const template = service({ sidecars: { agent: { image: IMAGE } } });
  const agent = container(template, "agent");
  expect(agent).toMatchObject({ essential: false, user: "1001:1001", mountPoints: [], environment: [], secrets: [] });
  for (const key of ["cpu", "memory", "command", "portMappings", "healthCheck", "dependsOn"]) {
    expect(agent).not.toHaveProperty(key);
  }
  expect(container(template, "app")["dependsOn"]).toEqual([{ containerName: "agent", condition: "START" }]);
});

it("waits for the migration as well, and orders sidecars by name", () => {
  const migration = { command: ["node", "migrate.js"] };
  const template = service({ migration, sidecars: { zipkin: { image: IMAGE }, agent: { image: IMAGE } } });
  expect(containers(template).map(({ name }) => name)).toEqual(["migration", "app", "agent", "zipkin"]);
  expect(container(template, "app")["dependsOn"]).toEqual([
    { containerName: "migration", condition: "SUCCESS" },
    { containerName: "agent", condition: "START" },
    { containerName: "zipkin", condition: "START" },
  ]);
});

it("changes nothing for a service without any", () => {
  expect(service({ sidecars: {} }).text).toBe(service().text);
});

it.each<[string, object, string]>([
  ["the app's name", { app: { image: IMAGE } }, "sidecars.app: expected a name of its own"],
  ["the migration's name", { migration: { image: IMAGE } }, "sidecars.migration: expected a name of its own"],
  ["a name that is none", { "Otel!": { image: IMAGE } }, "sidecars: expected keys of lower-case letters"],
  ["no image", { otel: {} }, "sidecars.otel.image: expected a value, got nothing"],
  [
    "a tag that moves",
    { otel: { image: "otel/collector:latest" } },
    "sidecars.otel.image: expected an image reference",
  ],
  [
    "root",
    { otel: { image: IMAGE, user: "0" } },
    "sidecars.otel.user: expected a user, or user:group, that is not root",
  ],
  ["a port of the app", { otel: { image: IMAGE, ports: [3000] } }, "got 3000, which the app listens on"],
  ["a low port", { otel: { image: IMAGE, ports: [80] } }, "sidecars.otel.ports: expected a whole number from 1024"],
  [
    "a secret in plain text",
    { otel: { image: IMAGE, environment: { API_KEY: "x" } } },
    "sidecars.otel.environment.API_KEY",
  ],
  [
    "health that nobody checks",
    { otel: { image: IMAGE, appWaitsFor: "HEALTHY" } },
    "sidecars.otel.appWaitsFor: expected a healthCheckCommand",
  ],
  [
    "all of the memory",
    { otel: { image: IMAGE, memoryMiB: 512 } },
    "memoryMiB: expected more than the 512 MiB of the sidecars, got 512",
  ],
  [
    "all of the CPU",
    { otel: { image: IMAGE, cpu: 256 } },
    "cpu: expected more than the 256 CPU units of the sidecars, got 256",
  ],
  [
    "a folder that is none",
    { otel: { image: IMAGE, writablePaths: ["tmp"] } },
    "sidecars.otel.writablePaths: expected absolute paths",
  ],
  ["a prop that there is not", { otel: { image: IMAGE, privileged: true } }, "sidecars.otel.privileged: expected"],
])("refuses %s", (_, given, line) => {
  expect(refused({ sidecars: given })).toContain(line);
});

it("refuses a port of another sidecar, and too many sidecars", () => {
  const two = { a: { image: IMAGE, ports: [9000] }, b: { image: IMAGE, ports: [9000] } };
  expect(refused({ sidecars: two })).toContain("got 9000, which the sidecar a listens on");
  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`s${index}`, { image: IMAGE }]));
  expect(refused({ sidecars: ten })).toContain("sidecars: expected at most 9, got 10");
});

it("refuses an image that tasks without a way to the internet cannot pull", () => {
  const network = {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
    interfaceEndpoints: ["ecr.api", "ecr.dkr", "logs"],
    endpointsOnly: true,
  };
  const image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.1";
  expect(refused({ network, sidecars: { otel: { image } } })).toContain(
    "sidecars.otel.image: expected an image in ECR",
  );
});
