import { Waf, type WafProps, wafStatement } from "../../../modules";
import { type Examples } from "./example";

const { byteMatch, geo, managedGroup, not, or, rateBased, regex, ruleGroup } = wafStatement;

const valid: WafProps = { name: "crm-prod" };
const login = byteMatch("uri-path", "STARTS_WITH", "/login");
const botsArn = "arn:aws:wafv2:ap-northeast-1:123456789012:regional/rulegroup/bots/5f9c2a1e";
const jobs = byteMatch("uri-path", "STARTS_WITH", "/jobs");

export const wafExamples: Examples = {
  "waf/capacity": (stack) =>
    new Waf(stack, "waf", {
      ...valid,
      customRules: [{ name: "bots", statement: ruleGroup(botsArn, 4900) }],
    }),
  "waf/cloudfront-association": (stack) =>
    new Waf(stack, "waf", {
      ...valid,
      scope: "CLOUDFRONT",
      associateWith: {
        alb: "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0123456789abcdef",
      },
    }),
  "waf/ip-set-size": (stack) => {
    const deniedIps = Array.from({ length: 10_001 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
    new Waf(stack, "waf", { ...valid, deniedIps });
  },
  "waf/all-addresses": (stack) => new Waf(stack, "waf", { ...valid, deniedIps: ["0.0.0.0/0"] }),
  "waf/name": (stack) => new Waf(stack, "waf", { ...valid, customRules: [{ name: "Block login", statement: login }] }),
  "waf/rule-name-taken": (stack) =>
    new Waf(stack, "waf", { ...valid, customRules: [{ name: "common", statement: login }] }),
  "waf/handwritten-statement": (stack) =>
    new Waf(stack, "waf", {
      ...valid,
      customRules: [{ name: "japan-only", statement: { geoMatchStatement: { countryCodes: ["JP"] } } as never }],
    }),
  "waf/group-action": (stack) =>
    new Waf(stack, "waf", {
      ...valid,
      customRules: [
        {
          name: "linux",
          statement: managedGroup({ name: "AWSManagedRulesLinuxRuleSet", capacity: 200 }),
          action: "block",
        },
      ],
    }),
  "waf/field": () => byteMatch({ header: "user-agent", queryArgument: "agent" }, "CONTAINS", "curl"),
  "waf/not-nestable": () => not(rateBased({ limit: 100, windowSec: 60 }) as never),
  "waf/nesting-depth": () => not(not(not(or(login, jobs)))),
  "waf/no-statement": () => or(),
  "waf/text-size": () => byteMatch("uri-path", "STARTS_WITH", "/a".repeat(150)),
  "waf/regular-expression": () => regex("uri-path", "^/(admin|internal"),
  "waf/never-matches": () => byteMatch("uri-path", "STARTS_WITH", "/Admin", ["LOWERCASE"]),
  "waf/reference-scope": (stack) =>
    new Waf(stack, "waf", {
      ...valid,
      scope: "CLOUDFRONT",
      customRules: [{ name: "bots", statement: ruleGroup(botsArn, 100) }],
    }),
  "waf/country-code": () => geo(["Japan"]),
};
