import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { DnsCertificate } from "../../../modules/dns-certificate";
import { clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";

const outdir = mkdtempSync(join(tmpdir(), "dns-certificate-"));
let root: TerraformRoot;

/** Synthesizes a new zone with both certificates and an alias. */
function synthesized(delegated: boolean, alternativeNames = ["*.crm.example.com", "www.example.com"]): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  new AwsProvider(stack, "aws", { region: "ap-northeast-1" });
  const cloudfrontProvider = new AwsProvider(stack, "aws-us-east-1", { region: "us-east-1", alias: "us-east-1" });
  const dns = new DnsCertificate(stack, "dns", {
    domainName: "crm.example.com",
    alternativeNames,
    zoneName: "example.com",
    delegated,
    cloudfrontProvider,
  });
  dns.addAlias("site", { target: { dnsName: "d111111abcdef8.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" } });
  app.synth();
  return join(outdir, "stacks", "test", "cdk.tf.json");
}

beforeAll(async () => {
  root = await TerraformRoot.init(synthesized(false));
});

afterAll(async () => {
  await root?.dispose();
  rmSync(outdir, { recursive: true, force: true });
});

it("creates a zone that is not delegated yet, does not wait, and says what to do with its name servers", async () => {
  await expect(root.apply()).rejects.toThrow(
    /its parent does not delegate to it yet\. Enter its name servers at the registrar[^:]*: \S+, \S+[^.]*\.[\s\S]*Then set delegated to true and apply again\./,
  );
});

it("continues once the zone is delegated, and plans no change after that", async () => {
  root.replaceConfiguration(synthesized(true));
  const { changes } = await root.plan();
  // Two validations; the zone, the certificates and the records exist.
  expect(changes).toMatchObject({ add: 2, change: 0, remove: 0 });
  await root.apply();
  expect(await root.drift()).toEqual([]);
});

it("keeps the validation records when another name replaces the certificates", async () => {
  const aws = clients(root.simulator.endpoint);
  const records = async () => {
    const { HostedZones: [zone] = [] } = await aws.route53.send(new ListHostedZonesCommand({}));
    const listed = await aws.route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone!.Id }));
    return (listed.ResourceRecordSets ?? []).filter(({ Type }) => Type === "CNAME").map(({ Name }) => Name);
  };
  const before = await records();
  expect(before).toHaveLength(2);
  root.replaceConfiguration(synthesized(true, ["*.crm.example.com", "www.example.com", "api.example.com"]));
  const { changes } = await root.plan();
  // Two certificates and their validations are replaced, and there is a record for the new name.
  expect(changes).toMatchObject({ add: 5, change: 0, remove: 4 });
  await root.apply();
  expect(await records()).toEqual(expect.arrayContaining(before));
  expect(await records()).toHaveLength(3);
  expect(await root.drift()).toEqual([]);
});

it("is destroyed completely", async () => {
  expect(await root.destroy()).toEqual([]);
});
