import { existsSync } from "node:fs";
import { DeployError } from "../../../tools/deploy/errors";
import {
  exitCodeOf,
  howToGoOn,
  renderReport,
  type StepName,
  type VerifyReport,
} from "../../../tools/verify-aws/report";
import { destroyOnly, interruptionText, verifyAws } from "../../../tools/verify-aws/verify-aws";
import { DOCTOR, removeRuns, runOf, SMOKE } from "./run";

afterEach(removeRuns);

const ALL = ["prepare", "image", "deploy", "smoke", "doctor", "items", "destroy"];

function statesOf({ steps }: VerifyReport): Record<string, string> {
  return Object.fromEntries(steps.map(({ step, state }) => [step, state]));
}

function whyOf({ steps }: VerifyReport, name: StepName): string | undefined {
  return steps.find(({ step }) => step === name)?.why;
}

it("says what it will do and costs, then applies, checks and destroys", async () => {
  const { options, folder, began, printed, questions } = runOf();
  const report = (await verifyAws(options))!;
  expect(printed[0]).toContain("creates 142 resources of the profile small");
  expect(printed[0]).toContain("31 cents an hour: 62 cents ($0.62) for about 90 minutes");
  expect(printed[0]).toContain(folder.path);
  expect(questions).toEqual(["Apply, check and destroy this?"]);
  expect(began).toEqual(ALL);
  expect(exitCodeOf(report)).toBe(0);
  expect(existsSync(folder.path)).toBe(false);
  expect(renderReport(report)).toContain("Everything is destroyed.");
  expect(report.items.map(({ title }) => title)).toContain("A list of what is left");
});

it("creates nothing, and keeps no folder, when a person says no", async () => {
  const { options, folder, began } = runOf({}, { answer: false });
  expect(await verifyAws(options)).toBeUndefined();
  expect(began).toEqual(["prepare"]);
  expect(existsSync(folder.path)).toBe(false);
});

it("keeps the folder of an earlier run when a person says no", async () => {
  const { options, folder, printed } = runOf({}, { answer: false, isContinued: true });
  await verifyAws(options);
  expect(existsSync(folder.path)).toBe(true);
  expect(printed.join("\n")).toContain(`--destroy-only ${folder.path}`);
});

it("says how to destroy an earlier run that cannot be planned", async () => {
  const prepare = () => Promise.reject(new DeployError("expired credentials"));
  const { options, folder, printed } = runOf({ prepare }, { isContinued: true });
  await expect(verifyAws(options)).rejects.toThrow("expired credentials");
  expect(existsSync(folder.path)).toBe(true);
  expect(printed.join("\n")).toContain(`--destroy-only ${folder.path}`);
});

it("keeps no folder when it cannot be planned", async () => {
  const { options, folder, questions } = runOf({ prepare: () => Promise.reject(new DeployError("no rights")) });
  await expect(verifyAws(options)).rejects.toThrow("no rights");
  expect(questions).toEqual([]);
  expect(existsSync(folder.path)).toBe(false);
});

it.each(["image", "deploy"] as const)("destroys everything when %s fails, and leaves the checks out", async (step) => {
  const { options, folder, began, printed } = runOf({ [step]: () => Promise.reject(new DeployError("quota too low")) });
  const report = (await verifyAws(options))!;
  expect(statesOf(report)).toMatchObject({ [step]: "failed", smoke: "not run", items: "not run", destroy: "passed" });
  expect(began.at(-1)).toBe("destroy");
  expect(printed).toContain("quota too low");
  expect(exitCodeOf(report)).toBe(2);
  expect(existsSync(folder.path)).toBe(false);
});

it("goes on with the other checks when one finds something", async () => {
  const { options, began } = runOf({
    smoke: () =>
      Promise.resolve({
        ...SMOKE,
        passed: false,
        checks: [{ id: "page", title: "Page", ms: 1, status: "failed", found: "503", cause: "", remedy: "" }],
      }),
    doctor: () =>
      Promise.resolve({ ...DOCTOR, outcomes: [{ check: "quotas", state: "not checked", action: "a", why: "b" }] }),
    items: () => Promise.resolve([{ title: "Quotas of Fargate", outcome: { state: "differs", evidence: "none" } }]),
  });
  const report = (await verifyAws(options))!;
  expect(began).toEqual(ALL);
  expect(whyOf(report, "smoke")).toBe("failed: Page");
  expect(whyOf(report, "doctor")).toBe("quotas: not checked");
  expect(whyOf(report, "items")).toBe("differs: Quotas of Fargate");
  expect(exitCodeOf(report)).toBe(2);
  expect(renderReport(report)).toContain('What to do about Quotas of Fargate: the column "if not" there.');
});

it("keeps the folder when the destruction fails, and says how to go on", async () => {
  const { options, folder } = runOf({ destroy: () => Promise.reject(new DeployError("expired credentials")) });
  const report = (await verifyAws(options))!;
  expect(report.folder).toBe(folder.path);
  expect(exitCodeOf(report)).toBe(1);
  expect(existsSync(folder.path)).toBe(true);
  expect(renderReport(report)).toContain(`make verify-aws ARGS="--destroy-only ${folder.path}"`);
  expect(renderReport(report)).toContain(`make verify-aws ARGS="--resume ${folder.path}"`);
});

it("keeps the folder when AWS still lists something", async () => {
  const { options, folder } = runOf({ destroy: () => Promise.resolve(false) });
  const report = (await verifyAws(options))!;
  expect(report.items.at(-1)).toMatchObject({ title: "A list of what is left", outcome: { state: "differs" } });
  expect(exitCodeOf(report)).toBe(1);
  expect(existsSync(folder.path)).toBe(true);
});

it("destroys everything after Ctrl-C, and leaves the rest of the checks out", async () => {
  const run = runOf({
    smoke: () => {
      run.interruption.interrupt();
      return Promise.resolve(SMOKE);
    },
  });
  const report = (await verifyAws(run.options))!;
  expect(run.began).toEqual(["prepare", "image", "deploy", "smoke", "destroy"]);
  expect(statesOf(report)).toMatchObject({ doctor: "not run", items: "not run", destroy: "passed" });
  expect(exitCodeOf(report)).toBe(2);
});

it("calls a step that Ctrl-C ends interrupted, whatever Terraform says", async () => {
  const run = runOf({
    deploy: () => {
      run.interruption.interrupt();
      return Promise.reject(new DeployError("Repeat the command to finish, or `make rollback`."));
    },
  });
  const report = (await verifyAws(run.options))!;
  expect(whyOf(report, "deploy")).toBe("interrupted: the rest of the checks is left out.");
  expect(statesOf(report)).toMatchObject({ deploy: "failed", smoke: "not run", destroy: "passed" });
});

it("creates nothing after Ctrl-C before the question", async () => {
  const run = runOf({
    prepare: () => {
      run.interruption.interrupt();
      return Promise.reject(new DeployError("interrupted"));
    },
  });
  await expect(verifyAws(run.options)).rejects.toThrow("interrupted");
  expect(run.began).toEqual(["prepare"]);
});

it("ends the destruction after Ctrl-C during it", async () => {
  const run = runOf({
    destroy: () => {
      run.interruption.interrupt();
      return run.interruption.second.aborted ? Promise.reject(new DeployError("interrupted")) : Promise.resolve(true);
    },
  });
  const report = (await verifyAws(run.options))!;
  expect(statesOf(report)).toMatchObject({ destroy: "failed" });
  expect(report.folder).toBe(run.folder.path);
});

it("says at the first Ctrl-C what happens now, and at the second how to go on", () => {
  const { folder } = runOf();
  expect(interruptionText(true, folder)).toContain("then destroys everything");
  expect(interruptionText(false, folder)).toContain(howToGoOn(folder.path));
});

it("only destroys what an earlier run left", async () => {
  const { options, folder, began } = runOf({}, { isContinued: true });
  const report = await destroyOnly(options);
  expect(began).toEqual(["destroy"]);
  expect(exitCodeOf(report)).toBe(0);
  expect(existsSync(folder.path)).toBe(false);
});

it("remembers the image, so that a run that is continued does not push it again", async () => {
  const { options, folder } = runOf({ destroy: () => Promise.resolve(false) });
  await verifyAws(options);
  expect(folder.record.image).toMatch(/^sha256:/);
});
