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
import { renderElements } from "../../policies/rendered";
import { ServiceStack } from "../../stacks/service-stack";
import { type TerraformJson } from "../helpers/template";

const KINDS = ["resource", "output", "variable", "locals", "provider"] as const;

/** What the rules saw, and what was written. */
function both(build: (app: App) => TerraformStack): [seen: unknown, written: unknown] {
  const outdir = mkdtempSync(join(tmpdir(), "rendered-"));
  try {
    const app = new App({ outdir });
    const stack = build(app);
    app.synth();
    const file = join(outdir, "stacks", stack.node.id, "cdk.tf.json");
    const written = JSON.parse(readFileSync(file, "utf8")) as TerraformJson & { locals?: unknown };
    const seen = JSON.parse(JSON.stringify(renderElements(stack))) as typeof written;
    return [KINDS.map((kind) => seen[kind]), KINDS.map((kind) => written[kind])];
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

it.each(environments)("sees $name as it is written, value by value", (environment) => {
  const [seen, written] = both(
    (app) =>
      new ServiceStack(app, `${contract.name}-${environment.name}`, {
        contract,
        environment,
        registry,
        backend: "local",
      }),
  );
  expect(seen).toEqual(written);
});

it("sees tokens of every kind as Terraform will read them", () => {
  const [seen, written] = both((app) => {
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
  expect(seen).toEqual(written);
});
