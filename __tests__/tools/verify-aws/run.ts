import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report as DoctorReport } from "../../../tools/doctor/report";
import { type SmokeReport } from "../../../tools/smoke/run-checks";
import { Interruption } from "../../../tools/verify-aws/interruption";
import { type Price } from "../../../tools/verify-aws/price";
import { RunFolder, type RunRecord } from "../../../tools/verify-aws/run-folder";
import { type RunOptions, type Steps } from "../../../tools/verify-aws/verify-aws";

export const RECORD: RunRecord = {
  formatVersion: 1,
  name: "verifyabc123",
  stack: "messenger-crm-verifyabc123",
  accountId: "123456789012",
  region: "ap-northeast-1",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
  startedAt: "2026-11-30T00:00:00.000Z",
};

export const PRICE: Price = {
  pricesAsOf: "2026-11-23",
  hourlyCents: 31,
  expectedMinutes: 90,
  begunHours: 2,
  expectedCents: 62,
  unpriced: [],
};

const DIGEST = `sha256:${"1".repeat(64)}`;
const STARTED = { url: "http://crm.example.com", startedAt: "2026-11-30T00:00:00.000Z" };
export const SMOKE: SmokeReport = {
  ...STARTED,
  passed: true,
  checks: [{ id: "page", title: "Page", ms: 1, status: "passed", detail: "200" }],
  latencies: [],
  wrote: { customers: 0, messages: 0 },
};
export const DOCTOR: DoctorReport = {
  command: "doctor",
  stack: RECORD.stack,
  accountId: RECORD.accountId,
  region: RECORD.region,
  outcomes: [{ check: "targets", state: "healthy" }],
};

export interface TestRun {
  readonly options: RunOptions;
  readonly folder: RunFolder;
  readonly interruption: Interruption;
  /** Names of the steps in the order in which they began. */
  readonly began: string[];
  readonly printed: string[];
  readonly questions: string[];
}

const roots: string[] = [];

/** Call after each test. */
export function removeRuns(): void {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
}

/** A run whose steps are stand-ins that pass, but for those that are given. */
export function runOf(steps: Partial<Steps> = {}, { answer = true, isContinued = false } = {}): TestRun {
  const root = mkdtempSync(join(tmpdir(), "verify-aws-"));
  roots.push(root);
  const folder = RunFolder.create(root, RECORD);
  const interruption = new Interruption();
  const [began, printed, questions]: [string[], string[], string[]] = [[], [], []];
  const passing: Steps = {
    prepare: () => Promise.resolve({ price: PRICE, resources: 142 }),
    image: () => Promise.resolve(DIGEST),
    deploy: () => Promise.resolve(),
    smoke: () => Promise.resolve(SMOKE),
    doctor: () => Promise.resolve(DOCTOR),
    items: () => Promise.resolve([{ title: "Quotas of Fargate", outcome: { state: "holds", evidence: "both" } }]),
    destroy: () => Promise.resolve(true),
    ...steps,
  };
  const recording = Object.entries(passing).map(([name, step]) => [
    name,
    (...args: readonly unknown[]) => {
      began.push(name);
      return (step as (...given: readonly unknown[]) => unknown)(...args);
    },
  ]);
  let now = 0;
  const options: RunOptions = {
    folder,
    interruption,
    isContinued,
    steps: Object.fromEntries(recording) as Steps,
    print: (text) => printed.push(text),
    confirm: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    now: () => (now += 60_000),
  };
  return { options, folder, interruption, began, printed, questions };
}
