import { contract } from "../../app/contract";
import { REMOVED_FILE } from "./machine/ecr-image";
import { Ground } from "./machine/ground";
import { type Instance } from "./machine/instance";
import { type Ran } from "./machine/machine";

let ground: Ground;

beforeAll(async () => {
  ground = await Ground.open();
});
afterAll(async () => {
  await ground?.close();
});

describe("an instance that boots", () => {
  let instance: Instance;
  let first: Ran;
  beforeAll(async () => {
    instance = await ground.start();
    first = await instance.machine.boot();
  });

  it("runs the user data to its end and completes the launching hook", () => {
    expect(first).toEqual({ code: 0, output: expect.stringContaining(" ready\n") as string });
    expect(instance.completedHooks).toEqual(["launching CONTINUE"]);
    expect(instance.aws.called("dnf")).toHaveLength(1);
    expect(instance.aws.called("cloudwatch-agent")).toHaveLength(1);
  });

  it("answers health checks, pages and the API through nginx", async () => {
    const status = async (path: string): Promise<number> => (await fetch(instance.url + path)).status;
    expect(await Promise.all(["/api/health", "/api/readyz", "/sign-in", "/nothing"].map(status))).toEqual([
      200, 200, 200, 404,
    ]);
  });

  it("has migrated the database before the first process, with a secret of which nothing is left", async () => {
    expect(await ground.postgres.sql("SELECT count(*) FROM conversation", contract.database.name)).toBe("0");
    expect((await instance.machine.run("ls /run/app")).output.split("\n")).not.toContain("migration.env");
  });

  it("runs each process as the image's user, without capabilities, on a read-only root", async () => {
    const pids = (await instance.machine.must("systemctl show -P MainPID app@0 app@1")).split(/\s+/);
    for (const pid of pids) {
      const facts = await instance.machine.must(
        `grep -E '^(Uid|Gid|CapEff|NoNewPrivs)' /proc/${pid}/status; tr '\\0' ' ' </proc/${pid}/cmdline; echo; awk '$5 == "/"' /proc/${pid}/mountinfo`,
      );
      expect(facts).toMatch(/^Uid:\s+1001\s+1001/m);
      expect(facts).toMatch(/^Gid:\s+1001\s+1001/m);
      expect(facts).toMatch(/^CapEff:\s+0+$/m);
      expect(facts).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(facts).toMatch(/^\/usr\/local\/bin\/node server.js $/m);
      expect(facts).toMatch(/ \/opt\/app\/root \/ ro,/);
    }
  });

  it("keeps secrets in memory, for root alone", async () => {
    expect(await instance.machine.must("stat -c '%a %U' /run/app/secrets.env")).toBe("600 root");
    const values = await instance.machine.must("cat /run/app/secrets.env");
    expect(Object.keys(contract.secrets).filter((name) => !values.includes(`${name}="`))).toEqual([]);
    expect(
      (await instance.machine.run("grep -rl of-a-test-and-nothing-else /etc /var/log /opt/app/root/etc")).output,
    ).toBe("");
  });

  it("has applied the layers in their order", async () => {
    expect((await instance.machine.run(`ls /opt/app/root/${REMOVED_FILE}`)).code).not.toBe(0);
    await instance.machine.must("test -x /opt/app/root/usr/local/bin/node && test -e /opt/app/root/app/server.js");
  });

  it("has units, and an nginx, that their own checks accept", async () => {
    await instance.machine.must("nginx -t -q");
    const units =
      "app@0.service app-secrets.service app-refresh.service app-refresh.timer app-agent.service app-migrate.service";
    // It looks for programs of the image in the machine's own root.
    const said = await instance.machine.run(
      `systemd-analyze verify ${units} 2>&1 | grep -v '/usr/local/bin/node is not executable'`,
    );
    expect(said.output).toBe("");
  });

  it("changes nothing when the user data runs again", async () => {
    const pids = await instance.machine.must("systemctl show -P MainPID app@0 app@1 nginx");
    expect((await instance.machine.boot()).code).toBe(0);
    expect(await instance.machine.must("systemctl show -P MainPID app@0 app@1 nginx")).toBe(pids);
    expect(instance.aws.called("--region ap-northeast-1 ecr get-download-url-for-layer")).toHaveLength(4);
  });

  it("restarts a process that has ended", async () => {
    await instance.machine.must("systemctl kill --kill-whom=main --signal=KILL app@1");
    await instance.machine.must(". /usr/local/libexec/app/common; sleep 2; until_healthy $((FIRST_PORT + 1))");
  });

  it("has its secrets and processes back after a reboot, which loses what is in memory", async () => {
    await instance.machine.must(
      "systemctl stop app-agent app-refresh.timer app@0 app@1 app-secrets nginx && rm -r /run/app",
    );
    const enabled = await instance.machine.must(
      "ls /etc/systemd/system/multi-user.target.wants | grep -E '^(app|nginx)'",
    );
    expect(enabled.split("\n")).toEqual(["app-agent.service", "app@0.service", "app@1.service", "nginx.service"]);
    await instance.machine.must(`systemctl start ${enabled.replaceAll("\n", " ")}`);
    await instance.machine.must('. /usr/local/libexec/app/common; until_healthy "$ENTRANCE_PORT"');
  });
});
