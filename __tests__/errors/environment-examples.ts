import { inspect } from "node:util";
import { checkBetweenEnvironments } from "../../environments/checks/between-environments";
import { defineEnvironment } from "../../environments/define-environment";
import { dev } from "../../environments/dev";
import { prod } from "../../environments/prod";
import { alarmSubscriptions } from "../../stacks/alarm-subscriptions";
import { type RefusedInput } from "./examples";

const ENVIRONMENTS = { dev, prod };

const CHANGES: readonly (readonly [keyof typeof ENVIRONMENTS, object])[] = [
  ["dev", { name: "registry" }],
  ["dev", { release: "latest" }],
  ["dev", { entrance: { kind: "insecure-http", domainName: "crm.example.com" } }],
  ["dev", { availabilityZones: new Set(["ap-northeast-1a", "ap-northeast-1c"]) }],
  ["prod", { entrance: { kind: "insecure-http" } }],
  ["prod", { alarms: { emails: [] } }],
];

/** Bad inputs for the problems that only environments or stacks report, unless one of `__tests__/modules/bad-inputs` has the problem. */
export const environmentInputs: readonly RefusedInput[] = [
  ...CHANGES.map(([name, change]) => ({
    input: `${name} with ${inspect(change, { depth: 4, breakLength: Number.POSITIVE_INFINITY })}`,
    build: () => void defineEnvironment({ ...ENVIRONMENTS[name], ...change }),
  })),
  {
    input: "dev, and prod with { cidrBlock: '10.10.128.0/17' }",
    build: () => void checkBetweenEnvironments([dev, { ...prod, cidrBlock: "10.10.128.0/17" }]),
  },
  {
    input: "alarms: { emails: ['on.call@example.com', 'on-call@example.com'] }",
    build: (stack) => void alarmSubscriptions(stack, ["on.call@example.com", "on-call@example.com"]),
  },
];
