import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Fn, TerraformStack } from "cdktf";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { contract } from "../../app/contract";
import { environments, registry } from "../../environments";
import { Configuration, enforcePolicies, Rule } from "../../policies";
import { type JsonObject } from "../../policies/resource";
import { ServiceStack } from "../../stacks/service-stack";

/** Returns the blocks that the rules receive and the blocks in the written file. */
function seenAndWritten(build: (app: App) => TerraformStack): [seen: unknown, written: unknown] {
  const outdir = mkdtempSync(join(tmpdir(), "rendered-"));
  const seen: unknown[] = [];
  const spy = new Rule({
    id: "spy",
    severity: "warning",
    types: ["*"],
    controls: [],
    reason: "Records every block.",
    remedy: "None.",
    find: ({ type, name, body }) => {
      seen.push([type, name, JSON.parse(JSON.stringify(body))]);
      return [];
    },
  });
  try {
    const app = new App({ outdir });
    const stack = build(app);
    enforcePolicies([{ stack, tier: "development" }], { rules: [spy] });
    app.synth();
    const file = join(outdir, "stacks", stack.node.id, "cdk.tf.json");
    const written = new Configuration(stack.node.id, JSON.parse(readFileSync(file, "utf8")) as JsonObject);
    return [seen, written.resources("*").map(({ type, name, body }) => [type, name, body])];
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Sorts blocks by type and name, because cdktf sorts the blocks that it writes. */
function sorted(blocks: unknown): unknown[] {
  const key = ([type, name]: readonly unknown[]) => `${String(type)}.${String(name)}`;
  return [...(blocks as unknown[][])].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

it.each(environments)("gives the rules the same values of $name as are written", (environment) => {
  const [seen, written] = seenAndWritten(
    (app) =>
      new ServiceStack(app, `${contract.name}-${environment.name}`, {
        contract,
        environment,
        registry,
        backend: "local",
      }),
  );
  expect(sorted(seen)).toEqual(sorted(written));
});

it("gives the rules every type of token as Terraform reads it", () => {
  const [seen, written] = seenAndWritten((app) => {
    const stack = new TerraformStack(app, "stack");
    new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
    const text = new TerraformVariable(stack, "text", { type: "string" });
    const list = new TerraformVariable(stack, "list", { type: "list(string)" });
    const number = new TerraformVariable(stack, "number", { type: "number" });
    new SecurityGroup(stack, "group", {
      name: `a-${text.stringValue}-b`,
      description: `port ${number.numberValue}`,
      tags: { [Token.asString("plain")]: Fn.upper(text.stringValue), empty: "" },
      ingress: [{ fromPort: number.numberValue, toPort: 443, protocol: "tcp", cidrBlocks: list.listValue }],
      timeouts: { create: undefined, delete: "5m" },
      lifecycle: { ignoreChanges: "all" },
    });
    new TerraformOutput(stack, "output", { value: list.listValue, description: "$${literal}" });
    return stack;
  });
  expect(sorted(seen)).toEqual(sorted(written));
});
