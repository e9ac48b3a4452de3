import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contract } from "../../app/contract";
import { readStack, removeRun, ROOT, type Run, runProgram } from "../helpers/run-program";

interface RenderedContainer {
  readonly name: string;
  readonly user: string;
  readonly command?: readonly string[];
  readonly readonlyRootFilesystem: boolean;
  readonly mountPoints: readonly { readonly containerPath: string }[];
  readonly portMappings?: readonly { readonly containerPort: number }[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

const DOCKERFILE = readFileSync(join(ROOT, "app/Dockerfile"), "utf8").replace(/\\\n\s*/g, "");

/** Returns the arguments of an instruction in the last stage, one element per occurrence. */
function instructions(name: string): string[] {
  const lastStage = DOCKERFILE.slice(DOCKERFILE.lastIndexOf("\nFROM "));
  return [...lastStage.matchAll(new RegExp(`^${name} +(.*)$`, "gm"))].map(([, value]) => value ?? "");
}

function imageEnvironment(): Record<string, string> {
  const pairs = instructions("ENV").flatMap((line) => line.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => pair.split("=") as [string, string]));
}

let run: Run;
beforeAll(() => {
  run = runProgram("main.ts");
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => removeRun(run));

it("is built from the current LTS by default, and from another registry by a build argument", () => {
  expect(/^ARG BASE_IMAGE=(.*)$/m.exec(DOCKERFILE)?.[1]).toBe("node:24-bookworm-slim");
  expect(DOCKERFILE).toContain("FROM ${BASE_IMAGE} AS build");
});

describe.each(["messenger-crm-dev", "messenger-crm-prod"])("%s and the Dockerfile agree on", (stack) => {
  let containers: Record<string, RenderedContainer>;
  let healthCheck: unknown;
  beforeAll(() => {
    const template = readStack(run, stack);
    const { container_definitions: definitions } = template.only("aws_ecs_task_definition");
    const list = JSON.parse(definitions as string) as RenderedContainer[];
    containers = Object.fromEntries(list.map((container) => [container.name, container]));
    healthCheck = template.only("aws_lb_target_group")["health_check"];
  });

  it("the user", () => {
    expect(instructions("USER")).toEqual([contract.container.user]);
    expect(Object.values(containers).map(({ user }) => user)).toEqual([
      contract.container.user,
      contract.container.user,
    ]);
  });

  it("the port", () => {
    const port = contract.container.port;
    expect(instructions("EXPOSE")).toEqual([String(port)]);
    expect(containers["app"]?.portMappings?.map(({ containerPort }) => containerPort)).toEqual([port]);
  });

  it("the command, in exec form", () => {
    expect(instructions("CMD").map((line) => JSON.parse(line) as unknown)).toEqual([["node", "server.js"]]);
    expect(instructions("ENTRYPOINT")).toEqual([]);
    expect(containers["app"]?.command).toBeUndefined();
    expect(containers["migration"]?.command).toEqual(["node", "migrate.js"]);
  });

  it("the writable folders", () => {
    for (const { readonlyRootFilesystem, mountPoints } of Object.values(containers)) {
      expect(readonlyRootFilesystem).toBe(true);
      expect(mountPoints.map(({ containerPath }) => containerPath)).toEqual(instructions("VOLUME"));
    }
  });

  it("the health check", () => {
    expect(instructions("HEALTHCHECK").join()).toContain(`'${contract.container.health.path}'`);
    expect(healthCheck).toMatchObject({ path: contract.container.health.path });
  });

  it("every variable that both set", () => {
    const rendered = Object.fromEntries(containers["app"]?.environment.map(({ name, value }) => [name, value]) ?? []);
    const { PATH, ...ours } = imageEnvironment();
    expect(PATH).toBe("/usr/local/bin");
    expect(ours).toEqual({ NODE_ENV: rendered["NODE_ENV"], HOSTNAME: rendered["HOSTNAME"], PORT: rendered["PORT"] });
  });
});
