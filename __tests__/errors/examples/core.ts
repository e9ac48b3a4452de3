import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import { AlbWebsocket, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { Cache, type CacheProps } from "../../../modules/cache";
import { DnsCertificate } from "../../../modules/dns-certificate";
import { Network, type NetworkProps } from "../../../modules/network";
import { Waf } from "../../../modules/waf";
import { type Examples } from "./example";

const validNetwork: NetworkProps = { name: "crm-prod", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] };
const validBalancer: AlbWebsocketProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
  certificateArn: "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f",
};
const validCache: CacheProps = {
  name: "crm-prod",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
};

export const coreExamples: Examples = {
  "core/identity-taken": (stack) => {
    new Network(stack, "network", validNetwork);
    new Network(stack, "second-network", validNetwork);
  },
  "core/provider": (stack) => new Waf(stack, "waf", { name: "crm-prod", provider: "us-east-1" as never }),
  "core/edge-region": (stack) =>
    new Waf(stack, "waf", {
      name: "crm-prod",
      scope: "CLOUDFRONT",
      provider: new AwsProvider(stack, "tokyo", { region: "ap-northeast-1", alias: "tokyo" }),
    }),
  "core/duplicate-rule": (stack) =>
    new Cache(stack, "cache", {
      ...validCache,
      allowedSecurityGroups: { web: "sg-0123456789abcdef0", worker: "sg-0123456789abcdef0" },
    }),
  "core/required": (stack) => new AlbWebsocket(stack, "alb", { ...validBalancer, network: undefined as never }),
  "core/props-missing": (stack) => new Network(stack, "network", undefined as never),
  "core/unknown-prop": (stack) =>
    new Network(stack, "network", { ...validNetwork, cidr: "10.0.0.0/16" } as NetworkProps),
  "core/wrong-type": (stack) => new Network(stack, "network", { ...validNetwork, ipv6: "yes" as never }),
  "core/unreadable-value": (stack) =>
    new Network(stack, "network", {
      ...validNetwork,
      get cidrBlock(): string {
        throw new Error("not configured");
      },
    }),
  "core/out-of-range": (stack) => new AlbWebsocket(stack, "alb", { ...validBalancer, idleTimeoutSec: 5000 }),
  "core/not-one-of": (stack) => new Network(stack, "network", { ...validNetwork, egress: "nat" as never }),
  "core/literal-required": (stack) => {
    const zones = new TerraformVariable(stack, "zones", { type: "list(string)" });
    new Network(stack, "network", { ...validNetwork, availabilityZones: zones.listValue });
  },
  "core/wrong-format": (stack) =>
    new AlbWebsocket(stack, "alb", { ...validBalancer, accessLogs: { bucketName: "Access_Logs" } }),
  "core/wrong-count": (stack) =>
    new Cache(stack, "cache", {
      ...validCache,
      network: { ...validCache.network, isolatedSubnetIds: ["subnet-0123456789abcdef0"] },
    }),
  "core/duplicate": (stack) =>
    new Network(stack, "network", { ...validNetwork, availabilityZones: ["ap-northeast-1a", "ap-northeast-1a"] }),
  "core/base-name": (stack) => new Network(stack, "network", { ...validNetwork, name: "CRM prod" }),
  "core/reserved-name": (stack) => new Network(stack, "network", { ...validNetwork, name: "sg-crm" }),
  "core/construct-id": (stack) => new Network(stack, "1-network", validNetwork),
  "core/resource-id": (stack) =>
    new Cache(stack, "cache", { ...validCache, network: { ...validCache.network, vpcId: "crm-vpc" } }),
  "core/wrong-arn": (stack) => new Network(stack, "network", { ...validNetwork, kmsKeyArn: "alias/crm" }),
  "core/domain-name": (stack) =>
    new DnsCertificate(stack, "dns", { domainName: "https://crm.example.com", zoneName: "example.com" }),
  "core/ip-block": (stack) => new AlbWebsocket(stack, "alb", { ...validBalancer, allowedCidrs: ["203.0.113.7"] }),
  "core/ip-block-spelling": (stack) =>
    new AlbWebsocket(stack, "alb", { ...validBalancer, allowedCidrs: ["203.0.113.7/24"] }),
  "core/secret-header-name": (stack) => {
    const secret = new TerraformVariable(stack, "origin-secret", { type: "string", sensitive: true });
    const requiredHeader = { name: "authorization", values: [secret.stringValue] };
    new AlbWebsocket(stack, "alb", { ...validBalancer, requiredHeader });
  },
  "core/literal-secret": (stack) =>
    new AlbWebsocket(stack, "alb", {
      ...validBalancer,
      requiredHeader: { name: "x-origin-verify", values: ["correct horse"] },
    }),
  "core/heartbeat": (stack) =>
    new AlbWebsocket(stack, "alb", { ...validBalancer, heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 0 } }),
  "core/maintenance-window": (stack) => new Cache(stack, "cache", { ...validCache, snapshotWindow: "18:00-18:15" }),
  "core/client-name": (stack) =>
    new Cache(stack, "cache", { ...validCache, allowedSecurityGroups: { "My service": "sg-0123456789abcdef0" } }),
  "core/client-name-taken": (stack) => {
    const cache = new Cache(stack, "cache", validCache);
    cache.allowFrom("service", "sg-0123456789abcdef0");
    cache.allowFrom("service", "sg-0123456789abcdef1");
  },
};
