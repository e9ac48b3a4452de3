import { type TerraformStack } from "cdktf";
import { defineEnvironment } from "../../../environments/define-environment";
import { dev } from "../../../environments/dev";
import { Network, wafStatement } from "../../../modules";
import { type Maker, MAKERS } from "../bad-inputs/makers";
import { problemsOf } from "../bad-inputs/kinds/case";

const fail = () => {
  throw new Error("not configured");
};

/** Objects whose reading throws. A trap for `get` alone is met when a field is read. */
function hostile(): Readonly<Record<string, object>> {
  const { proxy, revoke } = Proxy.revocable({ name: "crm" }, {});
  revoke();
  return {
    "a revoked proxy": proxy,
    "a proxy without keys": new Proxy({ name: "crm" }, { ownKeys: fail }),
    "a proxy without descriptors": new Proxy({ name: "crm" }, { getOwnPropertyDescriptor: fail }),
    "a proxy without values": new Proxy({ name: "crm" }, { get: fail }),
    "a proxy without prototype": new Proxy({ name: "crm" }, { getPrototypeOf: fail }),
    "a getter": {
      get name() {
        return fail();
      },
    },
  };
}

const kinds = Object.keys(hostile());
const unreadable = /core\/unreadable-value|core\/wrong-type|core\/required/;

it.each(kinds)("a construct refuses %s as props, without an error of its own", (kind) => {
  const problems = problemsOf((stack: TerraformStack) => void new Network(stack, "x", hostile()[kind] as never));
  expect(problems.length).toBeGreaterThan(0);
});

const nested: readonly (readonly [Maker, string])[] = [
  ["loadBalancer", "heartbeat"],
  ["service", "network"],
  ["service", "environment"],
  ["service", "taskPolicyStatements"],
  ["cache", "authentication"],
  ["waf", "associateWith"],
  ["waf", "deniedIps"],
  ["database", "parameters"],
  ["monitoring", "service"],
  ["cdn", "origin"],
  ["network", "natInstance"],
];
const cases = nested.flatMap(([maker, prop]) => kinds.map((kind) => [maker, prop, kind] as const));
it.each(cases)("%s refuses %s that is %s", (maker, prop, kind) => {
  const value = hostile()[kind];
  const problems = problemsOf((stack) => void MAKERS[maker](stack, { [prop]: value }));
  expect(problems.some((line) => unreadable.test(line) || line.includes("core/"))).toBe(true);
  const listed = problemsOf((stack) => void MAKERS[maker](stack, { [prop]: [value] }));
  expect(listed.length).toBeGreaterThan(0);
});

it.each(kinds)("an environment refuses %s", (kind) => {
  const whole = problemsOf(() => void defineEnvironment(hostile()[kind] as never));
  const part = problemsOf(() => void defineEnvironment({ ...dev, database: hostile()[kind] as never }));
  expect([whole.length > 0, part.length > 0]).toEqual([true, true]);
});

it.each(kinds)("a WAF statement refuses %s", (kind) => {
  expect(problemsOf(() => void wafStatement.rateBased(hostile()[kind] as never)).length).toBeGreaterThan(0);
  expect(problemsOf(() => void wafStatement.managedGroup(hostile()[kind] as never)).length).toBeGreaterThan(0);
});
