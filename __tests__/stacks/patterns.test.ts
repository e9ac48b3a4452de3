import { defineEnvironment } from "../../environments/define-environment";
import { dev } from "../../environments/dev";
import { committedList, contractList } from "../helpers/contract-list";
import { PATTERNS } from "../helpers/pattern-environment";
import { refusal } from "../helpers/refusal";
import { readStack, removeRun, type Run, runProgram } from "../helpers/run-program";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";

let run: Run;
beforeAll(() => {
  run = runProgram("__tests__/programs/patterns.ts");
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => removeRun(run));

const stack = (pattern: string) => readStack(run, `messenger-crm-${pattern}`);

it.each(PATTERNS)("%s keeps its addresses, outputs and variables", (pattern) => {
  const current = contractList(stack(pattern));
  expect(current).toEqual(committedList(`pattern-${pattern}`, current));
});

it("violates no policy and has no warnings of one", () => {
  expect(run.stderr).toBe("");
});

describe("app-runner", () => {
  const service = () => stack("app-runner").only("aws_apprunner_service");

  it("has neither load balancer nor cache nor cluster", () => {
    const types = Object.keys(stack("app-runner").counts());
    expect(types.filter((type) => /^aws_(lb|elasticache|ecs|wafv2|nat)/.test(type))).toEqual([]);
  });

  it("tells the application its origin, to poll, to run alone and to migrate when it starts", () => {
    expect(service()["source_configuration"]).toMatchObject({
      image_repository: {
        image_configuration: {
          port: "3000",
          runtime_environment_variables: {
            NEXTAUTH_URL: "https://crm.example.com",
            ALLOWED_ORIGINS: "https://crm.example.com",
            SOCKET_TRANSPORTS: "polling",
            SOCKET_ADAPTER: "in-memory",
            MIGRATE_AT_START: "true",
          },
          runtime_environment_secrets: {
            DATABASE_MASTER_CREDENTIALS: expect.stringContaining("master_user_secret") as unknown,
            NEXTAUTH_SECRET: expect.any(String) as unknown,
          },
        },
      },
    });
  });

  it("reaches the database through the VPC, without an endpoint or a NAT to pay for", () => {
    const endpoints = Object.values(stack("app-runner").resources("aws_vpc_endpoint"));
    expect(endpoints.map(({ vpc_endpoint_type }) => vpc_endpoint_type)).toEqual(["Gateway"]);
    const ingress = Object.keys(stack("app-runner").resources("aws_vpc_security_group_ingress_rule"));
    expect(ingress).toContain("service/connection-database-ingress");
  });

  it("outputs what the domain's owner has to create", () => {
    expect(stack("app-runner").json.output).toMatchObject({
      url: { value: "https://crm.example.com" },
      dns_target: { value: expect.stringMatching(/dns_target/) as unknown },
      certificate_validation_records: {},
    });
  });

  it("warns of too many connections below what an instance takes", () => {
    const alarms = Object.entries(stack("app-runner").resources("aws_cloudwatch_metric_alarm"));
    const [, alarm] = alarms.find(([path]) => path.endsWith("open-connections"))!;
    expect(alarm["threshold"]).toBe(160);
  });
});

describe("an environment of App Runner", () => {
  const ofTasks = ["cache", "service"];
  const shared = Object.entries(dev).filter(([field]) => !ofTasks.includes(field));
  const appRunner = {
    ...(Object.fromEntries(shared) as Omit<typeof dev, "cache" | "service">),
    pattern: "app-runner",
    egress: "vpc-endpoints",
    entrance: { kind: "custom-domain", domainName: "crm.example.com" },
  } as const;
  const lines = (changes: object) => refusal(() => void defineEnvironment({ ...appRunner, ...changes }));

  it("needs no sizes", () => {
    expect(synthesizedEnvironment(defineEnvironment(appRunner)).only("aws_apprunner_service")).toMatchObject({
      instance_configuration: { cpu: "1024", memory: "2048" },
    });
  });

  it.each([
    [
      "a pair that App Runner does not have",
      { service: { cpu: 256, memoryMiB: 2048 } },
      "[environments/dev] service.memoryMiB: expected with 256 CPU units one of 512, 1024 MiB, got 2048. Take one of these, or another cpu.",
    ],
    [
      "more clients than an instance takes",
      { service: { maxConcurrency: 1000 } },
      "[environments/dev] service.maxConcurrency: expected a whole number from 1 to 200 requests, got 1000. App Runner gives an instance no more at once.",
    ],
    [
      "public addresses",
      { egress: "public-ip" },
      "[environments/dev] egress: expected an egress that needs no public address, got public-ip. A VPC connector never has one: use a NAT, or vpc-endpoints when the application reaches nothing outside the VPC.",
    ],
  ])("refuses %s", (_, changes, line) => {
    expect(lines(changes)).toEqual([line]);
  });

  it("refuses what only tasks have", () => {
    const found = lines({ service: { minCount: 2 }, cache: { nodeType: "cache.t4g.micro", replicas: 0 } });
    expect(found.map((line) => line.split(":")[0])).toEqual([
      "[environments/dev] service.minCount",
      "[environments/dev] cache",
    ]);
  });

  it("is refused in production, since one instance is no production", () => {
    expect(lines({ tier: "production", disposable: false, alarms: { emails: ["ops@example.com"] } })).toContainEqual(
      '[environments/dev] pattern: expected a pattern with at least two instances in production, got "app-runner". App Runner carries Socket.IO on one instance only, and each failure of it is an outage: use fargate.',
    );
  });
});
