import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROJECT = resolve(__dirname, "..", "..");
const SWC = { jsc: { parser: { syntax: "typescript" }, target: "es2022" } };

/** A check by the beginning of its statement, the test file that is to miss it, and the test that turns red. */
interface Removal {
  readonly file: string;
  readonly check: string;
  readonly tests: string;
  readonly red: string;
}

const REMOVALS: Readonly<Record<string, Removal>> = {
  "zones of one region": {
    file: "network/validation/availability-zones.ts",
    check: "checks.require(regions.length <= 1",
    tests: "network/network.test.ts",
    red: "zones of two regions",
  },
  "an idle timeout above the heartbeat": {
    file: "alb-websocket/validation/timeouts.ts",
    check: "checks.require(idleTimeout === undefined || idleTimeout >= shortest",
    tests: "alb-websocket/alb-websocket.test.ts",
    red: "an idle timeout that the heartbeat outlasts",
  },
  "stickiness while clients may poll": {
    file: "alb-websocket/validation/alb-service.ts",
    check: "checks.require(props.stickiness ||",
    tests: "alb-websocket/alb-service.test.ts",
    red: "polling without stickiness",
  },
  "windows that do not overlap": {
    file: "database/validation/database.ts",
    check: "checks.require(!windowsOverlap(backup, maintenance)",
    tests: "database/refusals.test.ts",
    red: "windows that overlap",
  },
  "failover with a replica only": {
    file: "cache/validation/cache.ts",
    check: "checks.require(!(multiAz === true && replicas === 0)",
    tests: "cache/refusals.test.ts",
    red: "zones without a replica",
  },
  "deploys that make progress": {
    file: "ecs/validation/deployment.ts",
    check: "checks.require(count === undefined",
    tests: "fargate-service/refusals.test.ts",
    red: "100 % at least and at most",
  },
  "no secret in plain text": {
    file: "ecs/validation/environment.ts",
    check: 'checks.add({\n    code: "ecs/secret-in-plain-text"',
    tests: "fargate-service/refusals-of-containers.test.ts",
    red: "DB_PASSWORD in plain text",
  },
  "no block that holds all addresses": {
    file: "waf/validation/waf.ts",
    check: "checks.require(allAddresses.length === 0",
    tests: "waf/refusals.test.ts",
    red: "a block of all addresses",
  },
  "a secret either drawn or put": {
    file: "secrets/validation/secrets.ts",
    check: "checks.require(both.length === 0",
    tests: "secrets/secrets.test.ts",
    red: "a key in both records",
  },
  "a foreign topic that is complete": {
    file: "monitoring/validation/monitoring.ts",
    check: "checks.require(props.alarmTopicArn === undefined || own.length === 0",
    tests: "monitoring/refused-props.test.ts",
    red: "subscriptions to an existing topic",
  },
};

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
  }[];
}

/** Runs each test file against the source without its check: one jest, one project a check. */
function redTests(): Readonly<Record<string, readonly string[]>> {
  const folder = mkdtempSync(join(tmpdir(), "ten-checks-"));
  try {
    const projects = Object.entries(REMOVALS).map(([displayName, { file, check, tests }]) => ({
      displayName,
      rootDir: PROJECT,
      testMatch: [`<rootDir>/__tests__/modules/${tests}`],
      modulePathIgnorePatterns: ["<rootDir>/.cache/", "<rootDir>/dist/", "<rootDir>/cdktf.out/"],
      transform: {
        [`/modules/${file.replaceAll(".", "\\.")}$`]: [join(__dirname, "without-check.mjs"), { swc: SWC, check }],
        "^.+\\.ts$": ["@swc/jest", SWC],
      },
    }));
    const [config, report] = [join(folder, "jest.config.json"), join(folder, "report.json")];
    writeFileSync(config, JSON.stringify({ rootDir: PROJECT, projects }));
    const args = ["--config", config, "--json", "--outputFile", report, "--silent"];
    spawnSync(join(PROJECT, "node_modules/.bin/jest"), args, { cwd: PROJECT, stdio: "ignore" });
    const { testResults } = JSON.parse(readFileSync(report, "utf8")) as JestReport;
    return Object.fromEntries(
      Object.entries(REMOVALS).map(([name, { tests }]) => {
        const result = testResults.find((candidate) => candidate.name.endsWith(`/modules/${tests}`));
        const failed = result?.assertionResults.filter(({ status }) => status === "failed") ?? [];
        return [name, failed.length > 0 ? failed.map(({ title }) => title) : [result?.message ?? "was not run"]];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let red: Readonly<Record<string, readonly string[]>>;

beforeAll(() => {
  red = redTests();
});

it.each(Object.entries(REMOVALS))("a test turns red without the check of %s", (name, removal) => {
  expect(red[name]).toContain(removal.red);
});
