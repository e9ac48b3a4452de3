import { readFileSync } from "node:fs";
import { join } from "node:path";
import { programNodeVersion } from "../../../tools/twin/tasks/program-path";
import { GeneratedSecrets } from "../../../tools/twin/data/secrets";
import { describeSubstitutions } from "../../../tools/twin/status/substitutions";
import { localEnvironment } from "../../../tools/twin/tasks/environment";
import { type StateJson } from "../../../tools/terraform/state-json";
import { readTopology } from "../../../tools/twin/topology/read-topology";
import { container } from "./service-double";

const topology = readTopology(
  JSON.parse(readFileSync(join(__dirname, "fixtures/dev-state.json"), "utf8")) as StateJson,
);
const [app, migration] = topology.task.containers;

const PLACE = {
  address: "127.64.1.7",
  port: 3000,
  origin: "http://127.0.0.1:8080",
  redis: { host: "127.64.2.7", port: 1111 },
  database: { host: "127.64.3.7", port: 2222 },
};

describe("the environment of a container", () => {
  const environment = localEnvironment(app!, topology, PLACE, new GeneratedSecrets());

  it("points to this machine where it pointed to AWS", () => {
    expect(environment).toMatchObject({
      HOSTNAME: "127.64.1.7",
      PORT: "3000",
      DATABASE_URL: "postgresql://messenger_app@127.64.3.7:2222/messenger_crm?sslmode=disable",
      DATABASE_AUTH: "none",
      REDIS_URL: "redis://127.64.2.7:1111",
      REDIS_AUTH: "none",
      NEXTAUTH_URL: "http://127.0.0.1:8080",
      ALLOWED_ORIGINS: "http://127.0.0.1:8080",
      NEXT_PUBLIC_SOCKET_URL: "ws://127.0.0.1:8080",
    });
    expect(JSON.stringify(environment)).not.toContain("amazonaws.com");
  });

  it("is otherwise as applied, and has no more variables", () => {
    const kept = ["AWS_REGION", "LOG_LEVEL", "NODE_ENV", "SERVICE_NAME", "SOCKET_ADAPTER"];
    for (const name of kept) expect(environment[name]).toBe(app!.environment[name]);
    const names = [...Object.keys(app!.environment), ...Object.keys(app!.secrets)];
    expect(Object.keys(environment).sort()).toEqual(names.sort());
  });

  it("keeps other origins and other hosts", () => {
    const variables = { ALLOWED_ORIGINS: `${app!.environment["NEXTAUTH_URL"]},https://other.example.com`, TEXT: "a,b" };
    const other = localEnvironment(
      container("app", { environment: variables }),
      topology,
      PLACE,
      new GeneratedSecrets(),
    );
    expect(other).toEqual({ ALLOWED_ORIGINS: "http://127.0.0.1:8080,https://other.example.com", TEXT: "a,b" });
  });
});

describe("secrets", () => {
  it("are the same for all tasks, different for each ARN, and long enough for an AES key", () => {
    const secrets = new GeneratedSecrets();
    const one = localEnvironment(app!, topology, PLACE, secrets);
    const other = localEnvironment(app!, topology, PLACE, secrets);
    const names = Object.keys(app!.secrets);
    expect(names.map((name) => one[name])).toEqual(names.map((name) => other[name]));
    expect(new Set(names.map((name) => one[name])).size).toBe(names.length);
    for (const name of names) expect(one[name]).toMatch(/^[A-Za-z0-9]{32}$/);
  });

  it("of the database are the master user's, for the migration only", () => {
    const arn = topology.database!.masterSecretArn!;
    const secrets = new GeneratedSecrets({ [arn]: '{"username":"dbadmin","password":"p"}' });
    expect(localEnvironment(migration!, topology, PLACE, secrets)["DATABASE_MASTER_CREDENTIALS"]).toBe(
      '{"username":"dbadmin","password":"p"}',
    );
    expect(localEnvironment(app!, topology, PLACE, secrets)).not.toHaveProperty("DATABASE_MASTER_CREDENTIALS");
  });
});

it("is described in full", () => {
  const described = describeSubstitutions(topology, { origin: "http://127.0.0.1:8080", tasks: "127.64.1.1 and on" });
  expect(described.map(({ applied }) => applied)).toEqual([
    "load balancer at HTTP port 80 of messenger-crm-dev-alb-1.ap-northeast-1.elb.amazonaws.com",
    "postgres 17 with TLS and IAM sign-in",
    "valkey 8.0 with TLS and IAM sign-in",
    "5 secrets of Secrets Manager",
    "HOSTNAME 0.0.0.0, with a network interface for each task",
    "image 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:0.1.0",
  ]);
  expect(described.at(-1)?.here).toBe(`the built app's files, as plain processes with Node.js ${programNodeVersion()}`);
});
