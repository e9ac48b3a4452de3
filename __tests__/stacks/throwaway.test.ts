import { throwawayEnvironment } from "../../environments/throwaway";
import { readStack, removeRun, type Run, runProgram } from "../helpers/run-program";

const PROGRAM = "stacks/throwaway/main.ts";
const STACK = "messenger-crm-verifyabc123";
const PLACE = {
  name: "verifyabc123",
  accountId: "123456789012",
  region: "ap-northeast-1",
  availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
};
const TAGS = { Purpose: "throwaway of make verify-aws" };

function synthesize(changes: Readonly<Record<string, unknown>> = {}): Run {
  return runProgram(PROGRAM, { THROWAWAY: JSON.stringify({ ...PLACE, tags: TAGS, ...changes }) });
}

describe("a throwaway environment with a repository of its own", () => {
  let run: Run;
  beforeAll(() => (run = synthesize()));
  afterAll(() => removeRun(run));

  it("has the sizes of the profile small", () => {
    const { database, service, availabilityZones, ...place } = throwawayEnvironment(PLACE);
    expect(place).toMatchObject({ profile: "small", disposable: true, entrance: { kind: "insecure-http" } });
    expect(service).toMatchObject({ minCount: 2 });
    expect(database).toMatchObject({ multiAz: true });
    expect(availabilityZones).toHaveLength(2);
  });

  it.each([STACK, `${STACK}-registry`])("keeps the state of %s in its folder, and says what it is for", (stack) => {
    const { text } = readStack(run, stack);
    const { terraform, provider } = JSON.parse(text) as {
      terraform: { backend: unknown };
      provider: { aws: { default_tags: { tags: unknown }[]; allowed_account_ids: string[] }[] };
    };
    expect(terraform.backend).toEqual({ local: { path: "terraform.tfstate" } });
    expect(provider.aws[0]?.default_tags[0]?.tags).toMatchObject(TAGS);
    expect(provider.aws[0]?.allowed_account_ids).toEqual(["123456789012"]);
  });

  it("protects nothing from deletion", () => {
    const { text } = readStack(run, STACK);
    expect(text).not.toMatch(/"(deletion_protection|enable_deletion_protection|prevent_destroy)": true/);
    expect(text).toContain('"skip_final_snapshot": true');
    expect(readStack(run, `${STACK}-registry`).text).toContain('"force_delete": true');
  });

  it("pulls from its own repository", () => {
    expect(readStack(run, STACK).text).toContain(`dkr.ecr.ap-northeast-1.amazonaws.com/${STACK}`);
    expect(readStack(run, `${STACK}-registry`).text).toContain(`"name": "${STACK}"`);
  });
});

it("pulls from the repository that is named, and creates none", () => {
  const run = synthesize({ repositoryName: "messenger-crm" });
  try {
    expect(readStack(run, STACK).text).toContain("dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:");
    expect(() => readStack(run, `${STACK}-registry`)).toThrow("ENOENT");
  } finally {
    removeRun(run);
  }
});

it("is refused in words in a zone of another region", () => {
  const run = synthesize({ availabilityZones: ["us-east-1a", "us-east-1b"] });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("The configuration was refused; nothing was written.");
  removeRun(run);
});
