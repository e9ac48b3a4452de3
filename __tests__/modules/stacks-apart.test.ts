import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { AlbWebsocket, FargateService, Network } from "../../modules";
import { EGRESS_KINDS } from "../../modules/network/egress";
import { type Block, type TerraformJson } from "../helpers/template";

const PARAMETER = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/api-key";

/** Synthesizes a network, a load balancer and a service, each in a stack of its own, and returns all resources. */
function resources(egress: (typeof EGRESS_KINDS)[number]): Block[] {
  const outdir = mkdtempSync(join(tmpdir(), "stacks-apart-"));
  try {
    const app = new App({ outdir });
    const stack = (id: string) => {
      const made = new TerraformStack(app, id);
      new LocalBackend(made, { path: `${id}.tfstate` });
      new AwsProvider(made, "aws", { region: "ap-northeast-1" });
      return made;
    };
    const availabilityZones = ["ap-northeast-1a", "ap-northeast-1c"];
    const network = new Network(stack("network"), "network", { name: "crm", availabilityZones, egress });
    const alb = new AlbWebsocket(stack("edge"), "alb", { name: "crm", network, allowInsecureHttp: true });
    const service = new FargateService(stack("app"), "service", {
      name: "crm",
      network,
      image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/crm:1.0.0",
      containerPort: 3000,
      drainSec: 20,
      desiredCount: 1,
      secrets: { API_KEY: PARAMETER },
      loadBalancer: alb.addService("app", { containerPort: 3000, keepAliveTimeoutSec: 75 }),
    });
    service.addTaskPolicy("queue", [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:aws:sqs:*:*:crm" }]);
    app.synth();
    return ["network", "edge", "app"].flatMap((id) => {
      const text = readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8");
      return Object.values((JSON.parse(text) as TerraformJson).resource ?? {}).flatMap((byName) =>
        Object.values(byName),
      );
    });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

it.each(EGRESS_KINDS)("stacks of one app wait for resources of their own, each once (%s)", (egress) => {
  const lists = resources(egress).map((block) => (block["depends_on"] ?? []) as string[]);
  const all = lists.flat();
  expect(all.length).toBeGreaterThan(5);
  // Terraform: "References in depends_on must be to a whole object (resource, etc), not to an attribute of an object."
  expect(all.filter((reference) => !/^(?:data\.)?[a-z0-9_]+\.[A-Za-z0-9_-]+$/.test(reference))).toEqual([]);
  expect(lists.filter((list) => new Set(list).size < list.length)).toEqual([]);
});
