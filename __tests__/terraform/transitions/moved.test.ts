import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AlbWebsocket, Network } from "../../../modules";
import { type TerraformJson } from "../../helpers/template";
import { TerraformRoot } from "../../helpers/terraform-root";
import { type Action, actionsOf } from "../../helpers/transitions/action-log";

const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const outdir = mkdtempSync(join(tmpdir(), "moved-"));
let root: TerraformRoot;
let actions: readonly Action[];

/** Synthesizes a load balancer with a redirect and a rule. */
function synthesized(): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const network = new Network(stack, "network", {
    name: "crm",
    availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
    egress: "public-ip",
    flowLogs: false,
  });
  const alb = new AlbWebsocket(stack, "alb", { name: "crm", network, certificateArn: CERTIFICATE });
  alb.addService("api", { containerPort: 3000, keepAliveTimeoutSec: 75, paths: ["/api/*"] });
  app.synth();
  return join(outdir, "stacks", "test", "cdk.tf.json");
}

/** Writes the same configuration with the addresses that it had before they moved. */
function atFormerAddresses(file: string): string {
  const { moved = [], ...json } = JSON.parse(readFileSync(file, "utf8")) as TerraformJson;
  const nameIn = (address: string) => address.split(".")[1]!;
  const text = moved.reduce((all, { from, to }) => all.replaceAll(nameIn(to), nameIn(from)), JSON.stringify(json));
  const former = join(outdir, "former.tf.json");
  writeFileSync(former, text);
  return former;
}

beforeAll(async () => {
  const file = synthesized();
  root = await TerraformRoot.applied(atFormerAddresses(file));
  const start = root.log.length;
  root.replaceConfiguration(file);
  await root.apply();
  actions = actionsOf(root.log.slice(start));
});

afterAll(async () => {
  await root?.dispose();
  rmSync(outdir, { recursive: true, force: true });
});

it("renames the redirect, its rule and the services' rules in a state from before, and touches nothing at AWS", async () => {
  expect(actions).toEqual([]);
  expect(await root.drift()).toEqual([]);
});
