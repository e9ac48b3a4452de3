import { type TerraformStack } from "cdktf";
import {
  AlbWebsocket,
  type AlbWebsocketProps,
  Cache,
  type CacheProps,
  Database,
  FargateService,
  type FargateServiceProps,
} from "../../modules";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";
import { minimal as minimalCache } from "./cache/make";
import { minimal as minimalService } from "./fargate-service/fixture";

const GROUP = "sg-0123456789abcdef0";
const { network } = minimalCache;

const cache = (stack: TerraformStack, props: Partial<CacheProps> = {}) =>
  new Cache(stack, "cache", { ...minimalCache, ...props });
const service = (stack: TerraformStack, props: Partial<FargateServiceProps>) =>
  new FargateService(stack, "service", { ...minimalService, ...props });
const alb = (stack: TerraformStack, props: Partial<AlbWebsocketProps>) =>
  new AlbWebsocket(stack, "alb", {
    name: "crm-dev",
    network: { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: network.isolatedSubnetIds },
    allowInsecureHttp: true,
    ...props,
  });

const REMEDY = "Remove one of the two: AWS refuses the second one.";
const one = (port: string) => `expected one rule for each security group on ${port}`;

const cases: readonly [string, (stack: TerraformStack) => unknown, string][] = [
  [
    "a security group under two names of a cache",
    (stack) => cache(stack, { allowedSecurityGroups: { web: GROUP, worker: GROUP } }),
    `[test/cache] allowedSecurityGroups.worker: ${one("port 6379")}, got the same rule as allowedSecurityGroups.web of test/cache. ${REMEDY}`,
  ],
  [
    "a security group under two names of a database",
    (stack) => new Database(stack, "db", { name: "crm", network, allowedSecurityGroups: { web: GROUP, job: GROUP } }),
    `[test/db] allowedSecurityGroups.job: ${one("port 5432")}, got the same rule as allowedSecurityGroups.web of test/db. ${REMEDY}`,
  ],
  [
    "allowFrom for a group that is already allowed",
    (stack) => cache(stack, { allowedSecurityGroups: { web: GROUP } }).allowFrom("worker", GROUP),
    `[test/cache] allowFrom("worker"): ${one("port 6379")}, got the same rule as allowedSecurityGroups.web of test/cache. ${REMEDY}`,
  ],
  [
    "a connection to one store under two names",
    (stack) => {
      const made = cache(stack);
      service(stack, { connections: { cache: made, sessions: made } });
    },
    `[test/service] connections.sessions: ${one("port 6379")}, got the same rule as connections.cache of test/service. ${REMEDY}`,
  ],
  [
    "allowFrom beside connections",
    (stack) => {
      const made = cache(stack);
      made.allowFrom("service", service(stack, { connections: { cache: made } }).securityGroup.id);
    },
    `[test/cache] allowFrom("service"): ${one("port 6379")}, got the same rule as connections.cache of test/service. ${REMEDY}`,
  ],
  [
    "a security group under two names of a load balancer",
    (stack) => alb(stack, { allowedSecurityGroupIds: { one: GROUP, two: GROUP } }),
    `[test/alb] allowedSecurityGroupIds.two: ${one("port 80")}, got the same rule as allowedSecurityGroupIds.one of test/alb. ${REMEDY}`,
  ],
  [
    "a prefix list under two names of a load balancer",
    (stack) => alb(stack, { allowedPrefixListIds: { one: "pl-58a04531", two: "pl-58a04531" } }),
    `[test/alb] allowedPrefixListIds.two: ${one("port 80")}, got the same rule as allowedPrefixListIds.one of test/alb. ${REMEDY}`,
  ],
];

it.each(cases)("refuses %s, and names both places", (_title, build, message) => {
  expect(refusal((stack) => void build(stack))).toEqual([message]);
});

it("accepts the same group for two stores, and two groups for one", () => {
  const template = synthesize((stack) => {
    const made = cache(stack, { allowedSecurityGroups: { web: GROUP, worker: "sg-0123456789abcdef1" } });
    service(stack, { connections: { cache: made } });
    new Database(stack, "db", { name: "crm", network, allowedSecurityGroups: { web: GROUP } });
  });
  expect(template.count("aws_vpc_security_group_ingress_rule")).toBe(4);
});
