import { PassThrough, Readable } from "node:stream";
import { listSecrets, renderSecrets, rotateSecret, setSecret } from "../../../tools/deploy/commands/secrets";
import { readValue } from "../../../tools/deploy/secrets/read-value";
import { type TaskSecret } from "../../../tools/deploy/target/target";
import { contextOf, revisionArn, type TestContext, useCredentials } from "./fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const OLD = "OldValueOldValueOldValueOldValueOldValueOldValue";
const GIVEN = "s3cret-of-the-identity-provider";

const secret = (variable: string, kind: TaskSecret["kind"], secretId?: string): TaskSecret => ({
  variable,
  kind,
  secretId,
  length: kind === "generated" ? 48 : undefined,
});
const secrets = [
  secret("DATABASE_MASTER_CREDENTIALS", "managed"),
  secret("NEXTAUTH_SECRET", "generated", "crm-dev/nextauth-secret"),
  secret("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY", "generated", "crm-dev/next-key"),
  secret("OIDC_CLIENT_SECRET", "external", "crm-dev/oidc-client-secret"),
];

interface Put {
  readonly SecretString: string;
  readonly VersionStages: readonly string[];
}

/** An account with one version of each secret, whose deployments are steady at the second look. */
class Account {
  readonly history: string[] = [];
  current: Put = { SecretString: OLD, VersionStages: ["AWSCURRENT"] };
  private deployments = 0;
  private looks = 0;

  script(changes: Script = {}): Script {
    return {
      DescribeSecret: () => ({
        LastChangedDate: 1_764_482_400,
        VersionIdsToStages: { old: ["AWSPREVIOUS"], new: this.current.VersionStages },
      }),
      GetSecretValue: () => ({ SecretString: this.current.SecretString, VersionId: this.version() }),
      PutSecretValue: (input): Answer => {
        this.current = input as unknown as Put;
        this.history.push(this.current.SecretString);
        return { VersionId: this.version() };
      },
      UpdateService: (input): Answer => {
        if (input["forceNewDeployment"] === true) this.deployments += 1;
        this.looks = 0;
        this.history.push("deployment");
        return { service: this.service() };
      },
      DescribeServices: (): Answer => {
        this.looks += 1;
        return { services: [this.service()] };
      },
      ListTasks: { taskArns: [] },
      ...changes,
    };
  }

  private version(): string {
    return `v${this.history.filter((entry) => entry !== "deployment").length}`;
  }

  private service() {
    const deployment = (number: number, status: string) => ({
      id: `ecs-svc/${number}`,
      status,
      taskDefinition: revisionArn(4),
      desiredCount: 2,
      runningCount: 2,
      rolloutState: status === "ACTIVE" || this.looks > 1 ? "COMPLETED" : "IN_PROGRESS",
      createdAt: 1_764_482_000,
    });
    const old = this.deployments > 0 && this.looks < 2 ? [deployment(this.deployments - 1, "ACTIVE")] : [];
    return {
      status: "ACTIVE",
      desiredCount: 2,
      runningCount: 2,
      taskDefinition: revisionArn(4),
      deployments: [deployment(this.deployments, "PRIMARY"), ...old],
    };
  }
}

let account: Account;
let aws: ScriptedAws;
beforeEach(() => (account = new Account()));
afterEach(() => aws.stop());

async function started(changes: Script = {}, answer = true): Promise<TestContext> {
  aws = await ScriptedAws.start(account.script(changes));
  return contextOf(aws, { secrets }, answer);
}

const soft = { name: "NEXTAUTH_SECRET", kind: "soft" } as const;

describe("rotate", () => {
  it("lets every task accept the new value before any signs with it", async () => {
    const { context, printed, questions } = await started();
    expect(await rotateSecret(context, soft)).toBe(true);
    const [accepting, first, signing, second] = account.history;
    const next = accepting!.split(",")[1]!;
    expect(next).toMatch(/^[A-Za-z0-9]{48}$/);
    expect([accepting, first, signing, second]).toEqual([
      `${OLD},${next}`,
      "deployment",
      `${next},${OLD}`,
      "deployment",
    ]);
    expect(aws.inputs("PutSecretValue").map(({ VersionStages }) => VersionStages)).toEqual([
      ["AWSCURRENT", "ROTATION_ACCEPTING"],
      ["AWSCURRENT", "ROTATION_SIGNING"],
    ]);
    expect(questions).toEqual(["Rotate?"]);
    expect(printed.at(-1)).toContain('make secrets ENV=crm-dev ARGS="rotate NEXTAUTH_SECRET --finish"');
  });

  it("does not go on when somebody else has changed the value meanwhile", async () => {
    const script = account.script();
    const put = script["PutSecretValue"] as (input: object) => Answer;
    const { context } = await started({
      UpdateService: (input) => {
        if (account.history.length === 1) put({ SecretString: "theirs", VersionStages: ["AWSCURRENT"] });
        return (script["UpdateService"] as (input: object) => Answer)(input);
      },
    });
    await expect(rotateSecret(context, soft)).rejects.toThrow(
      "NEXTAUTH_SECRET: expected the value of the step before, but somebody else has changed it meanwhile.",
    );
    expect(account.current.SecretString).toBe("theirs");
  });

  it("prints neither value", async () => {
    const { context, printed, questions } = await started();
    await rotateSecret(context, soft);
    const values = account.current.SecretString.split(",");
    expect(values).toHaveLength(2);
    for (const value of values) expect([...printed, ...questions].join("\n")).not.toContain(value);
  });

  it("waits for each deployment of its own, although the revision is the same", async () => {
    const { context } = await started();
    await rotateSecret(context, soft);
    const order = aws.calls.map(({ operation }) => operation);
    const afterFirst = order.slice(order.indexOf("UpdateService"), order.lastIndexOf("PutSecretValue"));
    expect(afterFirst.filter((operation) => operation === "DescribeServices").length).toBeGreaterThanOrEqual(2);
  });

  it("continues after an interruption, with the value that some tasks may have already", async () => {
    account.current = { SecretString: `${OLD},next`, VersionStages: ["AWSCURRENT", "ROTATION_ACCEPTING"] };
    const { context } = await started();
    await rotateSecret(context, soft);
    expect(account.history).toEqual(["deployment", `next,${OLD}`, "deployment"]);
  });

  it("deploys what an interruption left undeployed, and makes no third value", async () => {
    account.current = { SecretString: `next,${OLD}`, VersionStages: ["AWSCURRENT", "ROTATION_SIGNING"] };
    const { context } = await started();
    await rotateSecret(context, soft);
    expect(account.history).toEqual(["deployment"]);
  });

  it("changes nothing the second time", async () => {
    account.current = { SecretString: `next,${OLD}`, VersionStages: ["AWSCURRENT", "ROTATION_SIGNING"] };
    const { context, printed } = await started({
      DescribeSecret: {
        LastChangedDate: 1_764_481_000,
        VersionIdsToStages: { new: ["AWSCURRENT", "ROTATION_SIGNING"] },
      },
    });
    expect(await rotateSecret(context, soft)).toBe(true);
    expect(account.history).toEqual([]);
    expect(printed[0]).toBe("NEXTAUTH_SECRET: nothing to do.");
  });

  it("accepts the old value no longer with --finish", async () => {
    account.current = { SecretString: `next,${OLD}`, VersionStages: ["AWSCURRENT", "ROTATION_SIGNING"] };
    const { context } = await started();
    await rotateSecret(context, { ...soft, kind: "finish" });
    expect(account.history).toEqual(["next", "deployment"]);
    expect(aws.inputs("PutSecretValue")[0]).toMatchObject({ VersionStages: ["AWSCURRENT"] });
  });

  it("replaces a leaked value at once with --revoke, and says what that means", async () => {
    const { context, printed } = await started();
    await rotateSecret(context, { ...soft, kind: "revoke" });
    expect(account.history).toEqual([expect.stringMatching(/^[A-Za-z0-9]{48}$/), "deployment"]);
    expect(account.history[0]).not.toBe(OLD);
    expect(printed.join("\n")).toContain("everybody has to sign in again");
  });

  it("replaces a key of which Next.js takes only one", async () => {
    const { context } = await started();
    await rotateSecret(context, { ...soft, name: "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY" });
    expect(account.history).toEqual([expect.stringMatching(/^[A-Za-z0-9]{48}$/), "deployment"]);
  });

  it("stops when a deployment fails, and says that nothing is refused", async () => {
    const failing: Script = {
      DescribeServices: (): Answer => {
        const { services } = (
          account.script()["DescribeServices"] as () => { services: { deployments: object[] }[] }
        )();
        const [primary, ...others] = services[0]!.deployments;
        const failed = { ...primary, rolloutState: "FAILED", rolloutStateReason: "tasks failed to start." };
        const deployments = account.history.includes("deployment") ? [failed, ...others] : [primary];
        return { services: [{ ...services[0], deployments }] };
      },
    };
    const { context } = await started(failing);
    await expect(rotateSecret(context, soft)).rejects.toThrow(
      "crm-dev: expected the deployment to become steady, but it failed: tasks failed to start.\n\nNEXTAUTH_SECRET: the rotation stopped at step 2 of 4. Correct the cause, and run the command again, which continues. Until then, every task accepts what the others sign.",
    );
    expect(account.current.VersionStages).toContain("ROTATION_ACCEPTING");
  });

  it("never shows a value that AWS quotes in an error", async () => {
    const quoting = (input: Readonly<Record<string, unknown>>) =>
      new AwsFault("InvalidParameterException", `Value '${String(input["SecretString"])}' is not allowed`);
    const { context } = await started({ PutSecretValue: quoting });
    const error = await rotateSecret(context, soft).catch((thrown: unknown) => thrown as Error);
    expect(String(error)).toContain("Value '(the value),(the value)' is not allowed");
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(OLD);
  });

  it("changes nothing when a person says no", async () => {
    const { context } = await started({}, false);
    expect(await rotateSecret(context, soft)).toBe(false);
    expect(account.history).toEqual([]);
  });

  it.each<[string, string | undefined, Script, string]>([
    [
      "one that people set",
      "OIDC_CLIENT_SECRET",
      {},
      'To replace it: make secrets ENV=crm-dev ARGS="set OIDC_CLIENT_SECRET"',
    ],
    ["the one that RDS rotates", "DATABASE_MASTER_CREDENTIALS", {}, "got the one that RDS manages and rotates."],
    [
      "an unknown one",
      "SMTP_PASSWORD",
      {},
      "secret: expected one of crm-dev's (DATABASE_MASTER_CREDENTIALS, NEXTAUTH_SECRET",
    ],
    ["a name with a value", `X=${GIVEN}`, {}, "got a name with a value, which goes to standard input."],
    ["none", undefined, {}, "got none."],
    [
      "one that does not exist",
      "NEXTAUTH_SECRET",
      { DescribeSecret: new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.") },
      "NEXTAUTH_SECRET: expected the secret crm-dev/nextauth-secret in ap-northeast-1, found none.",
    ],
    [
      "one without a value",
      "NEXTAUTH_SECRET",
      { DescribeSecret: {} },
      "NEXTAUTH_SECRET: expected a value to replace, found none.",
    ],
  ])("refuses %s", async (_, name, changes, message) => {
    const { context } = await started(changes);
    await expect(rotateSecret(context, { name, kind: "soft" })).rejects.toThrow(message);
    expect(account.history).toEqual([]);
  });

  it("does not finish what was interrupted", async () => {
    account.current = { SecretString: `${OLD},next`, VersionStages: ["AWSCURRENT", "ROTATION_ACCEPTING"] };
    const { context } = await started();
    await expect(rotateSecret(context, { ...soft, kind: "finish" })).rejects.toThrow(
      "Run it again without --finish first.",
    );
  });
});

describe("set", () => {
  const set = (context: TestContext["context"], deploy = true, name = "OIDC_CLIENT_SECRET") =>
    setSecret(context, { name, deploy, readValue: () => Promise.resolve(GIVEN) });

  it("puts the value and replaces the tasks, and prints it nowhere", async () => {
    const { context, printed, questions } = await started();
    expect(await set(context)).toBe(true);
    expect(account.history).toEqual([GIVEN, "deployment"]);
    expect([...printed, ...questions].join("\n")).not.toContain(GIVEN);
    expect(questions[0]).toContain("Set OIDC_CLIENT_SECRET (crm-dev/oidc-client-secret) of crm-dev");
  });

  it("leaves the tasks alone with --no-deploy", async () => {
    const { context } = await started();
    await set(context, false);
    expect(account.history).toEqual([GIVEN]);
  });

  it("refuses a generated secret before it reads a value", async () => {
    const { context } = await started();
    const read = jest.fn();
    await expect(setSecret(context, { name: "NEXTAUTH_SECRET", deploy: true, readValue: read })).rejects.toThrow(
      'make secrets ENV=crm-dev ARGS="rotate NEXTAUTH_SECRET"',
    );
    expect(read).not.toHaveBeenCalled();
  });

  it("never shows a value that AWS quotes in an error", async () => {
    const { context } = await started({ PutSecretValue: new AwsFault("ValidationException", `'${GIVEN}' is odd`) });
    const error = await set(context).catch((thrown: unknown) => thrown as Error);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(GIVEN);
  });
});

it("lists what the tasks have, without a value", async () => {
  const states: Record<string, Answer> = {
    "crm-dev/nextauth-secret": {
      LastChangedDate: 1_764_482_400,
      VersionIdsToStages: { a: ["AWSCURRENT", "ROTATION_SIGNING"] },
    },
    "crm-dev/next-key": new AwsFault("ResourceNotFoundException", ""),
    "crm-dev/oidc-client-secret": {},
  };
  const { context } = await started({ DescribeSecret: (input) => states[String(input["SecretId"])]! });
  const text = renderSecrets(await listSecrets(context)).replace(/ +/g, " ");
  expect(text).toContain("DATABASE_MASTER_CREDENTIALS managed managed and rotated by RDS");
  expect(text).toContain(
    "NEXTAUTH_SECRET generated rotated; the old value is accepted until --finish 2025-11-30T06:00:00.000Z",
  );
  expect(text).toContain("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY generated MISSING");
  expect(text).toContain("OIDC_CLIENT_SECRET external NO VALUE");
  expect(aws.inputs("GetSecretValue")).toEqual([]);
});

describe("a value", () => {
  const piped = (...chunks: readonly string[]) => ({ input: Readable.from(chunks), output: new PassThrough() });
  beforeEach(async () => void (aws = await ScriptedAws.start({})));

  it("is read from a pipe, without its last line break", async () => {
    expect(await readValue(piped("two ", "parts\n"), "X")).toBe("two parts");
    expect(await readValue(piped("-----BEGIN-----\nabc\n-----END-----\n"), "X")).toBe(
      "-----BEGIN-----\nabc\n-----END-----",
    );
  });

  it.each([
    ["nothing", "\n"],
    ["65537 bytes", "x".repeat(65_537)],
  ])("of %s is refused", async (got, text) => {
    await expect(readValue(piped(text), "X")).rejects.toThrow(
      `X: expected a value of at most 65536 bytes on standard input, got ${got}.`,
    );
  });

  it.each(["\x03", "\x04"])("is not what %j ends", async (key) => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const value = readValue({ input, output: new PassThrough() }, "X");
    input.write(key);
    await expect(value).rejects.toThrow("secret: expected a value, got Ctrl-C or the end of the input.");
  });

  it("is not shown while a person types it", async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = new PassThrough();
    const value = readValue({ input, output }, "X");
    input.write(`${GIVEN}\r`);
    expect(await value).toBe(GIVEN);
    expect(String(output.read())).toBe("Value of X (not shown): \n");
  });
});
