import { readFileSync } from "node:fs";
import { join } from "node:path";
import { localConfiguration } from "../../../tools/twin/instances/local-nginx";
import { requireRunnable } from "../../../tools/twin/instances/require-runnable";
import { describeSubstitutions } from "../../../tools/twin/status/substitutions";
import { sizeOf } from "../../../tools/twin/topology/compute/instance-sizes";
import { readTopology } from "../../../tools/twin/topology/read-topology";
import { type StateJson } from "../../../tools/terraform/state-json";
import { withInstances } from "../../twin/instance-state";

function state(): StateJson {
  return withInstances(JSON.parse(readFileSync(join(__dirname, "fixtures/dev-state.json"), "utf8")) as StateJson);
}

/** The state without a resource. */
function without(address: string): StateJson {
  const resources = state().values!.root_module!.resources!;
  return { values: { root_module: { resources: resources.filter((each) => each.address !== address) } } };
}

/** The state with attributes of one resource changed. */
function withValues(type: string, values: Record<string, unknown>): StateJson {
  const resources = state().values!.root_module!.resources!.map((each) =>
    each.type === type ? { ...each, values: { ...each.values, ...values } } : each,
  );
  return { values: { root_module: { resources } } };
}

const topology = readTopology(state());
const group = topology.group!;

describe("an applied state with an Auto Scaling group", () => {
  it("contains the group, its bounds, its refresh and its times", () => {
    expect(topology.name).toBe("messenger-crm-dev");
    expect(topology.scaling).toEqual({ minCount: 2, maxCount: 4 });
    expect(topology.service).toEqual({
      desiredCount: 2,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      gracePeriodSec: 100,
      circuitBreaker: { enabled: true, rollback: false },
      containerName: "process-0",
      containerPort: 8080,
    });
    expect(group).toMatchObject({
      instanceType: "t4g.small",
      warmupSec: 40,
      launchHookSec: 420,
      terminateHookSec: 85,
      processes: ["process-0", "process-1"],
    });
    expect(group.bootSec).toBeGreaterThan(0);
    expect(group.drainSec).toBeGreaterThan(0);
  });

  it("contains the programs of the user data: nginx, the migration and each process with its own port and number", () => {
    const { containers, ...task } = topology.task;
    expect(task).toEqual({ family: "messenger-crm-dev-instances", revision: 1, cpu: 2048, memoryMiB: 2048 });
    expect(containers.map(({ name }) => name)).toEqual(["nginx", "migration", "process-0", "process-1"]);
    const [, migration, first, second] = containers;
    expect(migration).toMatchObject({ essential: false, command: ["node", "migrate.js"] });
    expect(Object.keys(migration!.secrets)).toEqual(["DATABASE_MASTER_CREDENTIALS"]);
    expect(migration!.environment).not.toHaveProperty("PORT");
    expect(first).toMatchObject({
      stopTimeoutSec: group.drainSec + 5,
      dependsOn: [
        { container: "nginx", condition: "START" },
        { container: "migration", condition: "SUCCESS" },
      ],
      environment: { PORT: "3000", HOSTNAME: "127.0.0.1", PROCESS_NUMBER: "0", DATABASE_AUTH: "iam" },
      healthCheck: { intervalSec: 1, retries: group.bootSec },
    });
    expect(first!.healthCheck!.command[1]).toContain('"http://$HOSTNAME:$PORT/api/health"');
    expect(second!.environment).toMatchObject({ PORT: "3001", PROCESS_NUMBER: "1" });
    expect(Object.keys(first!.secrets)).toEqual([
      "NEXTAUTH_SECRET",
      "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
      "SOCKET_TICKET_SECRET",
      "VISITOR_TOKEN_SECRET",
    ]);
  });

  it("reads quotes, dollar signs and backslashes as systemd does", () => {
    const hard = `a "quoted" $word \\ and \`more\``;
    const dev = JSON.parse(readFileSync(join(__dirname, "fixtures/dev-state.json"), "utf8")) as StateJson;
    const { task } = readTopology(withInstances(dev, { environment: { HARD: hard }, migration: undefined }));
    expect(task.containers.map(({ name }) => name)).toEqual(["nginx", "process-0", "process-1"]);
    expect(task.containers[1]!.environment["HARD"]).toBe(hard);
    expect(task.containers[1]!.dependsOn).toEqual([{ container: "nginx", condition: "START" }]);
  });

  it("is not confused by groups without a load balancer, such as those of NAT instances", () => {
    const resources = [...state().values!.root_module!.resources!];
    const nat = { address: "aws_autoscaling_group.nat", mode: "managed", type: "aws_autoscaling_group" };
    resources.unshift({ ...nat, values: { name: "nat", target_group_arns: [] } });
    expect(readTopology({ values: { root_module: { resources } } })).toEqual(topology);
  });

  it("names what is missing", () => {
    expect(() => readTopology(without("aws_autoscaling_lifecycle_hook.drain"))).toThrow(
      "aws_autoscaling_group.service: expected an aws_autoscaling_lifecycle_hook for TERMINATING, found none.",
    );
    const script = Buffer.from("#!/bin/bash\necho nothing").toString("base64");
    expect(() => readTopology(withValues("aws_launch_template", { user_data: script }))).toThrow(
      "aws_launch_template.service.user_data: expected a script that writes /etc/app/settings, found none.",
    );
    expect(() => readTopology(withValues("aws_launch_template", { instance_type: "p5.48xlarge" }))).toThrow(
      "expected a type of the families t, c, m or r, got p5.48xlarge",
    );
  });
});

it.each([
  ["t4g.nano", 2, 0.5],
  ["t3.xlarge", 4, 16],
  ["m7g.medium", 1, 4],
  ["c6gn.large", 2, 4],
  ["r7i.2xlarge", 8, 64],
])("knows the size of %s", (type, vcpus, memoryGiB) => {
  expect(sizeOf(type)).toEqual({ vcpus, memoryMiB: memoryGiB * 1024 });
});

describe("nginx on this machine", () => {
  const text = localConfiguration({
    nginx: group.nginx,
    folder: "/tmp/instance-1",
    address: "127.64.1.7",
    portOf: (port) => port + 1,
  });

  it("listens and connects at the addresses of its instance", () => {
    expect(text).toContain("listen 127.64.1.7:8081 backlog=4096;");
    expect(text).toContain("upstream process_1 { server 127.64.1.7:3002 max_fails=0; }");
    expect(text).not.toContain("127.0.0.1");
  });

  it("writes only below the folder of its instance", () => {
    expect(text).toContain("if (-f /tmp/instance-1/draining) { return 503; }");
    expect(text).toContain("pid /tmp/instance-1/nginx.pid;");
    expect(text).toContain("client_body_temp_path /tmp/instance-1/client_body;");
    expect(text).not.toMatch(/\/(run|var)\//);
  });

  it("is otherwise as applied", () => {
    const applied = new Set(group.nginx.configuration.split("\n"));
    const changed = text.split("\n").filter((line) => !applied.has(line));
    expect(changed.filter((line) => !/127\.64\.1\.7|\/tmp\/instance-1|^user /.test(line))).toEqual([]);
  });
});

it("refuses a container image for instances, and allows one for tasks", () => {
  const image = { name: "localhost/app" };
  expect(() => requireRunnable(topology, image)).toThrow("--image: expected --build, because an instance unpacks");
  expect(() => requireRunnable({ ...topology, group: undefined }, image)).not.toThrow();
});

it("says that the twin stands in for systemd and scripts", () => {
  const here = { origin: "http://127.0.0.1:8080", tasks: "127.64.1.1 and on" };
  expect(describeSubstitutions(topology, here)).toContainEqual({
    applied: "instances of t4g.small with Amazon Linux, systemd, the scripts of the user data and the CloudWatch agent",
    here: "a loopback address for each instance, 127.64.1.1 and on, nginx of this machine, and the twin in place of systemd and scripts",
  });
});
