import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AnnotationMetadataEntryType, App, Fn, Lazy, ref, TerraformStack, TerraformVariable, Token } from "cdktf";
import { FargateService, Network } from "../../../modules";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type BadInput } from "./bad-input";
import { appRunner } from "./app-runner";
import { balancer } from "./balancer";
import { data as dataTier } from "./data";
import { edge } from "./edge";
import { instances } from "./instances";
import { type Maker, MAKERS } from "./makers";
import { network } from "./network";
import { operations } from "./operations";
import { HELD_ELSEWHERE, NOT_APPLICABLE } from "./other-rows";
import { service } from "./service";

// Every row of the specification's table of bad inputs, by its number. A refusal is one error with every problem, and no file.

const refused = [...network, ...service, ...instances, ...appRunner, ...balancer, ...dataTier, ...operations, ...edge];
const makers = Object.keys(MAKERS) as Maker[];

const table = refused.map(
  (badInput: BadInput) => [`#${badInput[0]} ${badInput[1]} (${badInput[2]})`, badInput] as const,
);
it.each(table)("%s", (_, [, , maker, changes, ...lines]) => {
  const reported = refusal((stack) => void MAKERS[maker](stack, changes));
  expect(reported.map((line) => line.replace(/Known props: .*/, "Known props: …"))).toEqual(lines);
});

it.each(HELD_ELSEWHERE)("#%i is tested in %s: %s", (_, file, title) => {
  const path = join(__dirname, "..", "..", file);
  expect(existsSync(path) && readFileSync(path, "utf8").includes(title)).toBe(true);
});

it.each(Object.entries(NOT_APPLICABLE))("#%s does not apply: %s", (row) => {
  expect(refused.map(([number]) => `${number}`)).not.toContain(row);
});

/** Rows that are tested below. */
const BELOW = [4, 33, 42, 45, 60, 61, 62, 63, 66, 69];

it("covers every number from 1 to 70", () => {
  const shown = new Set([
    ...refused.map(([row]) => row),
    ...HELD_ELSEWHERE.map(([row]) => row),
    ...Object.keys(NOT_APPLICABLE).map(Number),
    ...BELOW,
  ]);
  expect([...shown].sort((a, b) => a - b)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
});

function warnings(maker: Maker, changes: object): string[] {
  const stack = new TerraformStack(new App(), "test");
  MAKERS[maker](stack, changes);
  const entries = stack.node.findAll().flatMap(({ node }) => node.metadata);
  return entries
    .filter(({ type }) => type === AnnotationMetadataEntryType.WARN.toString())
    .map(({ data }) => String(data));
}

it.each([
  ["8.8.0.0/16", true],
  ["172.32.0.0/16", true],
  ["172.31.0.0/16", false],
  ["100.64.0.0/16", false],
])("#4 the VPC %s is in public space: %p, which is legal, with a warning", (cidrBlock, warned) => {
  const message = `cidrBlock ${cidrBlock} is public address space: tasks could not reach the hosts that own it. Use a private block (RFC 1918), such as 10.0.0.0/16.`;
  expect(warnings("network", { cidrBlock })).toEqual(warned ? [message] : []);
});

it("#33 the construct creates the role of enhanced monitoring, and AWS the password", () => {
  const template = synthesize((stack) => void MAKERS.database(stack, {}));
  expect(template.only("aws_db_instance")).toMatchObject({
    manage_master_user_password: true,
    monitoring_interval: 60,
  });
  expect(template.only("aws_db_instance")["monitoring_role_arn"]).toMatch(/^\$\{aws_iam_role\./);
  expect(template.only("aws_db_instance")).not.toHaveProperty("password");
});

it("#42 the log group of a web ACL has the prefix that WAF requires", () => {
  const template = synthesize((stack) => void MAKERS.waf(stack, {}));
  expect(template.only("aws_cloudwatch_log_group")["name"]).toBe("aws-waf-logs-crm");
});

it("#45 warns when nobody is notified of alarms", () => {
  const silent =
    "no subscriptions: nobody is notified of an alarm. Add at least one subscription, for example an e-mail address.";
  expect(warnings("alarmTopic", {})).toEqual([silent]);
  const subscriptions = { "on-call": { protocol: "email", endpoint: "ops@example.com" } };
  expect(warnings("alarmTopic", { subscriptions })).toEqual([]);
});

it.each(["日本語", "${HOME} costs $5", "%{ if x }100 %"])("#60, #62 %j is kept literally", (text) => {
  const template = synthesize((stack) => void MAKERS.service(stack, { environment: { GREETING: text } }));
  const definitions = String(template.only("aws_ecs_task_definition")["container_definitions"]);
  // Terraform resolves its two escapes.
  expect(definitions.replaceAll("$${", "${").replaceAll("%%{", "%{")).toContain(JSON.stringify(text).slice(1, -1));
});

it.each(["a.b", "with space", "名前", "_9", "lives9"])("#61 the construct id %j makes legal addresses", (id) => {
  const props = { name: "crm", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] };
  const template = synthesize((stack) => void new Network(stack, id, props));
  for (const address of template.addresses()) expect(address).toMatch(/^[a-z0-9_]+\.[A-Za-z_][A-Za-z0-9_-]*$/);
  const twice = (stack: TerraformStack) => [new Network(stack, id, props), new Network(stack, id, props)];
  expect(() => synthesize((stack) => void twice(stack))).toThrow(`There is already a Construct with name '${id}'`);
});

it.each(["9lives", "-x", ".9"])("#61 refuses the construct id %j, since Terraform refuses its address", (id) => {
  const props = { name: "crm", availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"] };
  expect(refusal((stack) => void new Network(stack, id, props))).toEqual([
    `[test/${id}] id: expected an id that begins with a letter, got "${id}". It becomes part of Terraform addresses, which begin with a letter.`,
  ]);
});

describe("#63 a value known only at apply", () => {
  const expressions = {
    text: Token.asString(ref("var.given")),
    number: Token.asNumber(ref("var.given")),
    list: Token.asList(ref("var.given")),
    lazy: Lazy.anyValue({ produce: () => ref("var.given") }),
    call: Fn.tonumber(ref("var.given")) as unknown,
  };
  const props: [Maker, string][] = [
    ["network", "cidrBlock"],
    ["network", "availabilityZones"],
    ["service", "cpu"],
    ["service", "memoryMiB"],
    ["service", "containerPort"],
    ["service", "desiredCount"],
    ["service", "name"],
    ["database", "port"],
    ["database", "allocatedStorageGiB"],
    ["cache", "port"],
    ["loadBalancer", "idleTimeoutSec"],
    ["target", "containerPort"],
    ["monitoring", "name"],
  ];
  const cases = props.flatMap(([maker, prop]) =>
    Object.entries(expressions).map(([form, value]) => [maker, prop, form, value] as const),
  );

  it.each(cases)("%s %s as %s is passed on unchanged or refused with a message", (maker, prop, _, value) => {
    const build = (stack: TerraformStack) => {
      new TerraformVariable(stack, "given", {});
      MAKERS[maker](stack, { [prop]: value });
    };
    let text: string;
    try {
      ({ text } = synthesize(build));
    } catch {
      text = refusal(build).join("\n");
      expect(text).toContain(`${prop}: expected`);
    }
    expect(text).not.toMatch(/TfToken|Token\[|NaN|e\+308|undefined|\[object/);
  });
});

describe("#66 props that are not an object", () => {
  it.each(makers)("%s: nothing, null, a list, an empty object, an unknown key", (maker) => {
    for (const changes of [{ zzz: 1 }, { constructor: 1 }]) {
      const [key] = Object.keys(changes);
      expect(refusal((stack) => void MAKERS[maker](stack, changes))[0]).toContain(
        `${key}: expected a prop that exists, got an unknown one.`,
      );
    }
  });

  it.each(makers)("%s accepts a frozen object", (maker) => {
    const frozen = Object.freeze({});
    const quiet = (stack: TerraformStack) => void MAKERS[maker](stack, frozen);
    expect(synthesize(quiet).text).toBe(synthesize(quiet).text);
  });

  it.each([undefined, null, [], "props", 5])("a construct refuses %j as props with a ConfigurationError", (props) => {
    const none = props as never;
    expect(refusal((stack) => void new FargateService(stack, "x", none))).toHaveLength(1);
    expect(refusal((stack) => void new Network(stack, "x", none))[0]).toMatch(
      /^\[test\/x\] props: expected an object, got /,
    );
  });

  it("an empty object is refused with every missing prop", () => {
    const lines = refusal((stack) => void new FargateService(stack, "x", {} as never));
    expect(lines.map((line) => line.split(" ")[1])).toEqual([
      "name:",
      "network:",
      "image:",
      "containerPort:",
      "fanOut:",
    ]);
  });
});

it("#69 two hundred services behind one load balancer have distinct priorities and names", () => {
  const template = synthesize((stack) => {
    const alb = MAKERS.loadBalancer(stack, {});
    for (let index = 0; index < 200; index++) {
      alb.addService(`service-${index}`, {
        containerPort: 3000,
        keepAliveTimeoutSec: 75,
        hosts: [`s${index}.example.com`],
      });
    }
  });
  const numbers = Object.values(template.resources("aws_lb_listener_rule")).map((rule) => Number(rule["priority"]));
  expect(new Set(numbers).size).toBe(200);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(50_000);
  const names = Object.values(template.resources("aws_lb_target_group")).map((group) => String(group["name"]));
  expect(new Set(names).size).toBe(200);
  expect(Math.max(...names.map((group) => group.length))).toBeLessThanOrEqual(32);
});
