import { type TerraformJson } from "../template";
import { type Action, actionsOf } from "./action-log";
import { createdUnderTakenName } from "./name-taken";
import { outcomesOf } from "./outcome";
import { destroyedWhileInUse } from "./still-in-use";

const SET = "aws_wafv2_ip_set.denied";
const ACL = "aws_wafv2_web_acl.acl";

const before: TerraformJson = {
  resource: {
    aws_wafv2_ip_set: { denied: { name: "denied", scope: "REGIONAL" } },
    aws_wafv2_web_acl: { acl: { name: "acl", rule: [{ arn: "${aws_wafv2_ip_set.denied.arn}" }] } },
  },
};

const event = (type: string, addr: string, action: string) =>
  JSON.stringify({ type, hook: { resource: { addr }, action } });
const action = (address: string, kind: Action["kind"], start: number, end: number): Action => ({
  address,
  kind,
  start,
  end,
});

it("reads the actions of a log with their starts and ends, and one that failed as endless", () => {
  const log = [
    event("planned_change", SET, "delete"),
    event("apply_start", ACL, "update"),
    event("apply_complete", ACL, "update"),
    event("apply_start", SET, "delete"),
    event("apply_errored", SET, "delete"),
  ];
  expect(actionsOf(log)).toEqual([action(ACL, "update", 1, 2), action(SET, "delete", 3, Infinity)]);
});

describe("a resource that goes", () => {
  it("is in use when it goes before its user has changed, or while it changes", () => {
    const found = [{ destroyed: SET, user: ACL }];
    expect(destroyedWhileInUse(before, [action(SET, "delete", 0, 1), action(ACL, "update", 2, 3)])).toEqual(found);
    expect(destroyedWhileInUse(before, [action(ACL, "update", 0, 2), action(SET, "delete", 1, 3)])).toEqual(found);
  });

  it("is in use by an alarm that notifies it, not by one that only names it", () => {
    const [topic, logs, alarm] = ["aws_sns_topic.t", "aws_cloudwatch_log_group.l", "aws_cloudwatch_metric_alarm.a"];
    const json: TerraformJson = {
      resource: {
        aws_sns_topic: { t: { name: "t" } },
        aws_cloudwatch_log_group: { l: { name: "l" } },
        aws_cloudwatch_metric_alarm: {
          a: { alarm_actions: [`\${${topic}.arn}`], alarm_description: `log group \${${logs}.name}` },
        },
      },
    };
    const destroyedFirst = (used: string) => [action(used, "delete", 0, 1), action(alarm, "update", 2, 3)];
    expect(destroyedWhileInUse(json, destroyedFirst(topic))).toEqual([{ destroyed: topic, user: alarm }]);
    expect(destroyedWhileInUse(json, destroyedFirst(logs))).toEqual([]);
  });

  it("is free when its user has changed before, or goes as well", () => {
    expect(destroyedWhileInUse(before, [action(ACL, "update", 0, 1), action(SET, "delete", 2, 3)])).toEqual([]);
    expect(destroyedWhileInUse(before, [action(ACL, "delete", 0, 1), action(SET, "delete", 2, 3)])).toEqual([]);
  });
});

describe("a name", () => {
  const renamed: TerraformJson = { resource: { aws_wafv2_ip_set: { other: { name: "denied", scope: "REGIONAL" } } } };
  const OTHER = "aws_wafv2_ip_set.other";

  it("is taken while the old resource still has it", () => {
    const replaced = [action(SET, "create", 0, 1), action(SET, "delete", 2, 3)];
    expect(createdUnderTakenName(before, before, replaced)).toEqual([SET]);
    const moved = [action(OTHER, "create", 0, 1), action(SET, "delete", 0, 1)];
    expect(createdUnderTakenName(before, renamed, moved)).toEqual([OTHER]);
  });

  it("is free once the old resource is gone", () => {
    const actions = [action(SET, "delete", 0, 1), action(OTHER, "create", 2, 3)];
    expect(createdUnderTakenName(before, renamed, actions)).toEqual([]);
  });

  it("is free where it is the port of a load balancer that is replaced itself", () => {
    const listener = { load_balancer_arn: "${aws_lb.alb.arn}", port: 80 };
    const json: TerraformJson = {
      resource: { aws_lb: { alb: { internal: true } }, aws_lb_listener: { http: listener } },
    };
    const actions = ["aws_lb.alb", "aws_lb_listener.http"].flatMap((address, index) => [
      action(address, "create", index, index + 1),
      action(address, "delete", index + 10, index + 11),
    ]);
    expect(createdUnderTakenName(json, json, actions)).toEqual([]);
    const listenerOnly = actions.filter(({ address }) => address !== "aws_lb.alb");
    expect(createdUnderTakenName(json, json, listenerOnly)).toEqual(["aws_lb_listener.http"]);
  });

  it("of a listener is its port, of a listener rule its priority, of a security group rule its peer and ports", () => {
    const pairs: readonly [string, object][] = [
      ["aws_lb_listener", { load_balancer_arn: "alb", port: 80 }],
      ["aws_lb_listener_rule", { listener_arn: "http", priority: 10 }],
      ["aws_vpc_security_group_ingress_rule", { security_group_id: "sg", cidr_ipv4: "0.0.0.0/0", from_port: 80 }],
    ];
    for (const [type, block] of pairs) {
      const at = (name: string) => ({ resource: { [type]: { [name]: block } } }) as TerraformJson;
      const actions = [action(`${type}.b`, "create", 0, 1), action(`${type}.a`, "delete", 0, 1)];
      expect(createdUnderTakenName(at("a"), at("b"), actions)).toEqual([`${type}.b`]);
    }
  });
});

it("summarizes what a step updates, replaces in either order, creates and destroys", () => {
  const one = { name: "x", construct: "X", prop: "y", steps: [] };
  const actions = [
    action("aws_a.a", "update", 0, 1),
    action("aws_b.b", "create", 2, 3),
    action("aws_b.b", "delete", 4, 5),
    action("aws_c.c", "delete", 6, 7),
    action("aws_c.c", "create", 8, 9),
    action("aws_d.d", "create", 10, 11),
    action("aws_e.e", "delete", 12, 13),
  ];
  const result = { values: ["1", "2"] as const, actions, stillInUse: [], nameTaken: [], errors: [], drift: [] };
  expect(outcomesOf(one, [result])).toEqual([
    {
      construct: "X",
      prop: "y",
      from: "1",
      to: "2",
      updated: ["a"],
      newFirst: ["b"],
      oldFirst: ["c"],
      created: ["d"],
      destroyed: ["e"],
    },
  ]);
});
