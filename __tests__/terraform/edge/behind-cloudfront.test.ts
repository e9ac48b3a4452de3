import { DescribeDeliveriesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeManagedPrefixListsCommand } from "@aws-sdk/client-ec2";
import { ModifyLoadBalancerAttributesCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListWebACLsCommand } from "@aws-sdk/client-wafv2";
import { ALL_VIEWER, CACHING_DISABLED } from "../../../modules/cdn/managed-policies";
import { cdnDefaults } from "../../../modules/cdn/defaults";
import { type Clients, clients } from "../../helpers/aws-clients";
import { DeployedStack } from "../../helpers/deployed-stack";
import { DeployedEdge } from "../../helpers/deployed-edge";
import { readStack, removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

const NAME = "chat.example.com";
/** The hosted zone of all distributions. Source: Route 53 API reference, AliasTarget. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

describe("example behind-cloudfront, applied by the real Terraform", () => {
  const run = runProgram("examples/behind-cloudfront/main.ts");
  let root: TerraformRoot;
  let aws: Clients;
  let usEast1: Clients;
  let edge: DeployedEdge;

  beforeAll(async () => {
    root = await TerraformRoot.applied(stackFile(run, "behind-cloudfront"));
    const { endpoint } = root.simulator;
    [aws, usEast1] = [clients(endpoint), clients(endpoint, "us-east-1")];
    edge = new DeployedEdge(aws, usEast1);
  });

  afterAll(async () => {
    await root?.dispose();
    removeRun(run);
  });

  const loadBalancer = () => new DeployedStack(aws, "chat-edge").loadBalancer();

  it("plans no change right after the apply", async () => {
    expect(await root.drift()).toEqual([]);
  });

  it("points the site's name to the distribution, over IPv4 and IPv6", async () => {
    const { DomainName } = await edge.distribution();
    const aliases = (await edge.records()).filter(({ AliasTarget }) => AliasTarget);
    expect(aliases).toHaveLength(2);
    expect(new Set(aliases.map(({ Type }) => Type))).toEqual(new Set(["A", "AAAA"]));
    for (const { Name, AliasTarget } of aliases) {
      expect(Name).toBe(`${NAME}.`);
      expect(AliasTarget).toMatchObject({ HostedZoneId: CLOUDFRONT_ZONE });
      expect(AliasTarget?.DNSName?.replace(/\.$/, "")).toBe(DomainName);
    }
  });

  it("has a certificate at the edge and one at the load balancer, validated by the same records", async () => {
    const [regional, cloudfront] = await edge.certificates();
    expect([regional, cloudfront]).toMatchObject([
      { DomainName: NAME, Status: "ISSUED" },
      { DomainName: NAME, Status: "ISSUED" },
    ]);
    const { Aliases, ViewerCertificate } = (await edge.distribution()).config;
    expect(Aliases?.Items).toEqual([NAME]);
    expect(ViewerCertificate).toMatchObject({
      ACMCertificateArn: cloudfront!.CertificateArn,
      MinimumProtocolVersion: "TLSv1.2_2021",
      SSLSupportMethod: "sni-only",
    });
    const https = (await new DeployedStack(aws, "chat-edge").listeners()).find(({ Port }) => Port === 443);
    expect(https?.Certificates).toMatchObject([{ CertificateArn: regional!.CertificateArn }]);
    const validationNames = [regional, cloudfront].map((it) => it!.DomainValidationOptions?.[0]?.ResourceRecord?.Name);
    const asked = (await edge.records()).filter(({ Type }) => Type === "CNAME").map(({ Name }) => Name);
    expect(asked).toEqual([validationNames[0]]);
  });

  it("admits only CloudFront to the load balancer, through a VPC origin", async () => {
    const { LoadBalancerArn, DNSName, Scheme, SecurityGroups = [] } = await loadBalancer();
    expect(Scheme).toBe("internal");
    expect(await edge.origin()).toMatchObject({ DomainName: DNSName });
    expect(await edge.vpcOrigin()).toMatchObject({
      VpcOriginEndpointConfig: { Arn: LoadBalancerArn, OriginProtocolPolicy: "https-only" },
    });
    const { PrefixLists = [] } = await aws.ec2.send(new DescribeManagedPrefixListsCommand({}));
    const cloudfront = PrefixLists.find((it) => it.PrefixListName === "com.amazonaws.global.cloudfront.origin-facing");
    expect(await edge.ingressRulesOf(SecurityGroups[0]!)).toMatchObject([
      { PrefixListId: cloudfront!.PrefixListId, FromPort: 443, ToPort: 443 },
    ]);
  });

  it("has its web ACL at the edge", async () => {
    const { WebACLs = [] } = await usEast1.waf.send(new ListWebACLsCommand({ Scope: "CLOUDFRONT" }));
    expect(WebACLs).toHaveLength(1);
    expect((await edge.distribution()).config.WebACLId).toBe(WebACLs[0]!.ARN);
  });

  it("forwards sockets unchanged, and caches only static files", async () => {
    expect(await edge.behavior("/socket.io/*")).toMatchObject({
      CachePolicyId: CACHING_DISABLED,
      OriginRequestPolicyId: ALL_VIEWER,
      ViewerProtocolPolicy: "https-only",
      AllowedMethods: { Items: expect.arrayContaining(["GET", "POST"]) as string[] },
    });
    const { DefaultCacheBehavior } = (await edge.distribution()).config;
    expect(DefaultCacheBehavior).toMatchObject({ CachePolicyId: CACHING_DISABLED, OriginRequestPolicyId: ALL_VIEWER });
    const files = await edge.behavior("/_next/static/*");
    expect(files.OriginRequestPolicyId ?? "").toBe("");
    expect((await edge.cachePolicy(files.CachePolicyId))?.ParametersInCacheKeyAndForwardedToOrigin).toMatchObject({
      HeadersConfig: { HeaderBehavior: "whitelist", Headers: { Items: ["Host"] } },
      CookiesConfig: { CookieBehavior: "none" },
      QueryStringsConfig: { QueryStringBehavior: "none" },
    });
  });

  it("waits longer than a silent poll, and closes idle connections before the load balancer does", async () => {
    const { OriginReadTimeout, OriginKeepaliveTimeout } = (await edge.origin()).VpcOriginConfig ?? {};
    expect(OriginReadTimeout).toBeGreaterThan(cdnDefaults.heartbeat.pingIntervalSec);
    const attributes = await new DeployedStack(aws, "chat-edge").loadBalancerAttributes();
    expect(OriginKeepaliveTimeout).toBeLessThan(Number(attributes["idle_timeout.timeout_seconds"]));
  });

  it("keeps the client's address last, where the app reads it", async () => {
    const attributes = await new DeployedStack(aws, "chat-edge").loadBalancerAttributes();
    expect(attributes["routing.http.xff_header_processing.mode"]).toBe("preserve");
  });

  it("delivers its log from us-east-1", async () => {
    const { deliveries = [] } = await usEast1.logs.send(new DescribeDeliveriesCommand({}));
    expect(deliveries).toMatchObject([{ deliveryDestinationType: "S3" }]);
    expect(deliveries[0]!.recordFields).not.toContain("cs-uri-query");
  });

  it("outputs its URL and the name servers for the parent zone", async () => {
    const outputs = await root.outputs();
    const named = (await edge.records()).find(({ Type, Name }) => Type === "NS" && Name === `${NAME}.`);
    const servers = named?.ResourceRecords?.map(({ Value }) => Value?.replace(/\.$/, ""));
    expect(outputs).toMatchObject({ url: `https://${NAME}`, name_servers: expect.any(Array) as unknown });
    expect([...(outputs["name_servers"] as string[])].sort()).toEqual([...(servers ?? [])].sort());
  });

  it("is destroyed completely without deletion protection", async () => {
    const { LoadBalancerArn } = await loadBalancer();
    const Attributes = [{ Key: "deletion_protection.enabled", Value: "false" }];
    await aws.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes }));
    const isKey = (address: string) => address.startsWith("aws_kms_key.encryption-key");
    const [key] = readStack(run, "behind-cloudfront").addresses().filter(isKey);
    await root.forget(key!);
    expect(await root.destroy()).toEqual([]);
  });
});
