import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { committedList, contractList } from "../helpers/contract-list";
import { readStack, removeRun, ROOT, type Run, runProgram, stackFile } from "../helpers/run-program";

const STACKS = ["messenger-crm-registry", "messenger-crm-dev", "messenger-crm-prod"];

let run: Run;
beforeAll(() => {
  run = runProgram("main.ts");
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => removeRun(run));

it("synthesizes exactly these stacks", () => {
  expect(readdirSync(join(run.outdir, "stacks")).sort()).toEqual([...STACKS].sort());
});

it.each(STACKS)("%s keeps its addresses, outputs and variables", (stack) => {
  const current = contractList(readStack(run, stack));
  expect(current).toEqual(committedList(stack, current));
});

it.each(STACKS)("%s contains no token, NaN, undefined or path of this machine", (stack) => {
  const { text } = readStack(run, stack);
  expect(text).not.toMatch(/TfToken|Token\[|NaN|undefined|-1\.8881545897087\d*e\+?308/);
  expect(text).not.toContain(process.cwd());
  expect(text).not.toContain(run.outdir);
});

it.each(STACKS)("%s contains no secret value", (stack) => {
  const { json, text } = readStack(run, stack);
  expect(text).not.toMatch(/"(password|auth_token|secret_string|master_password|secret_binary)":/);
  expect(text).not.toMatch(/AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|[a-z]+:\/\/[^/@\s"$]+:[^/@\s"$]+@/);
  // What a data source reads is in the state: of all, only the deployed image.
  const read = Object.values(json.data ?? {}).flatMap((blocks) => Object.values(blocks));
  const deploys = stack !== "messenger-crm-registry";
  expect(read.map((block) => block["path"])).toEqual(deploys ? [`/${stack}/deployed`] : []);
});

it("is byte-identical in another folder, locale and time zone", () => {
  const other = runProgram("main.ts", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Tokyo" });
  try {
    expect(other.status).toBe(0);
    expect(other.outdir).not.toBe(run.outdir);
    for (const stack of STACKS) {
      expect(readFileSync(stackFile(other, stack), "utf8")).toBe(readFileSync(stackFile(run, stack), "utf8"));
    }
  } finally {
    removeRun(other);
  }
});

it("needs no Terraform", () => {
  const without = runProgram("main.ts", { PATH: dirname(process.execPath), TERRAFORM_BINARY_NAME: "no-terraform" });
  try {
    expect(without.stderr).toBe("");
    for (const stack of STACKS) {
      expect(readFileSync(stackFile(without, stack), "utf8")).toBe(readFileSync(stackFile(run, stack), "utf8"));
    }
  } finally {
    removeRun(without);
  }
});

it("is byte-identical from a bundled program, and contains no path of the machine", () => {
  const bundled = runProgram("tools/synth/run.mjs");
  try {
    expect(bundled.status).toBe(0);
    for (const stack of STACKS) {
      expect(readFileSync(stackFile(bundled, stack), "utf8")).toBe(readFileSync(stackFile(run, stack), "utf8"));
    }
    expect(readFileSync(join(bundled.outdir, "manifest.json"), "utf8")).not.toContain(ROOT);
  } finally {
    removeRun(bundled);
  }
});

describe("state", () => {
  it("is in S3 with a lock file, one key for each stack", () => {
    for (const stack of STACKS) {
      expect(readStack(run, stack).json.terraform).toMatchObject({
        required_version: ">= 1.11.0",
        backend: { s3: { key: `${stack}/terraform.tfstate`, encrypt: true, use_lockfile: true } },
      });
    }
  });

  it("can be local, and nothing else changes", () => {
    const local = runProgram("main.ts", { STATE_BACKEND: "local" });
    try {
      for (const stack of STACKS) {
        const { terraform: remoteSettings, ...remote } = readStack(run, stack).json;
        const { terraform: localSettings, ...rest } = readStack(local, stack).json;
        expect(localSettings).toMatchObject({ backend: { local: { path: "terraform.tfstate" } } });
        expect(localSettings?.["required_providers"]).toEqual(remoteSettings?.["required_providers"]);
        expect(withoutMetadata(rest)).toEqual(withoutMetadata(remote));
      }
    } finally {
      removeRun(local);
    }
  });

  it("is refused for any other backend", () => {
    const wrong = runProgram("main.ts", { STATE_BACKEND: "gcs" });
    expect(wrong.status).not.toBe(0);
    expect(wrong.stderr).toContain('STATE_BACKEND: expected s3 or local, got "gcs".');
    removeRun(wrong);
  });
});

function withoutMetadata(json: object): object {
  return Object.fromEntries(Object.entries(json).filter(([key]) => key !== "//"));
}
