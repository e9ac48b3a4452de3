import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  and,
  byteMatch,
  crossSiteScripting,
  geo,
  ipSet,
  label,
  managedGroup,
  not,
  or,
  rateBased,
  regex,
  ruleGroup,
  size,
  sqlInjection,
  type Statement,
} from "../../../modules/waf";

const NONE = [{ priority: 0, type: "NONE" }];
const get = byteMatch("method", "EXACTLY", "GET");
const GET = {
  byte_match_statement: {
    positional_constraint: "EXACTLY",
    search_string: "GET",
    field_to_match: { method: {} },
    text_transformation: NONE,
  },
};

describe("a statement is rendered in Terraform's own names", () => {
  const cases: [string, Statement, unknown, number][] = [
    ["byteMatch", get, GET, 2],
    [
      "byteMatch with transformations, in their order",
      byteMatch("uri-path", "CONTAINS", "/admin", ["URL_DECODE", "LOWERCASE"]),
      {
        byte_match_statement: {
          positional_constraint: "CONTAINS",
          search_string: "/admin",
          field_to_match: { uri_path: {} },
          text_transformation: [
            { priority: 0, type: "URL_DECODE" },
            { priority: 1, type: "LOWERCASE" },
          ],
        },
      },
      30,
    ],
    [
      "byteMatch of a header, whose name is lower case in Terraform",
      byteMatch({ header: "X-Api-Key" }, "ENDS_WITH", "x"),
      {
        byte_match_statement: {
          positional_constraint: "ENDS_WITH",
          search_string: "x",
          field_to_match: { single_header: { name: "x-api-key" } },
          text_transformation: NONE,
        },
      },
      2,
    ],
    [
      "regex",
      regex({ queryArgument: "Token" }, "^a+$"),
      {
        regex_match_statement: {
          regex_string: "^a+$",
          field_to_match: { single_query_argument: { name: "token" } },
          text_transformation: NONE,
        },
      },
      3,
    ],
    [
      "size",
      size({ body: "MATCH" }, "GT", 8192),
      {
        size_constraint_statement: {
          comparison_operator: "GT",
          size: 8192,
          field_to_match: { body: { oversize_handling: "MATCH" } },
          text_transformation: NONE,
        },
      },
      1,
    ],
    [
      "sqlInjection",
      sqlInjection("all-query-arguments"),
      {
        sqli_match_statement: {
          sensitivity_level: "LOW",
          field_to_match: { all_query_arguments: {} },
          text_transformation: [{ priority: 0, type: "URL_DECODE" }],
        },
      },
      40,
    ],
    [
      "crossSiteScripting",
      crossSiteScripting("query-string", []),
      { xss_match_statement: { field_to_match: { query_string: {} }, text_transformation: NONE } },
      40,
    ],
    ["geo", geo(["JP", "US"]), { geo_match_statement: { country_codes: ["JP", "US"] } }, 1],
    [
      "geo behind a proxy",
      geo(["JP"], { headerName: "X-Real-Ip", fallbackBehavior: "NO_MATCH" }),
      {
        geo_match_statement: {
          country_codes: ["JP"],
          forwarded_ip_config: { header_name: "X-Real-Ip", fallback_behavior: "NO_MATCH" },
        },
      },
      1,
    ],
    ["ipSet", ipSet("arn:x"), { ip_set_reference_statement: { arn: "arn:x" } }, 1],
    [
      "ipSet behind proxies",
      ipSet("arn:x", { headerName: "X-Forwarded-For", position: "ANY" }),
      {
        ip_set_reference_statement: {
          arn: "arn:x",
          ip_set_forwarded_ip_config: {
            header_name: "X-Forwarded-For",
            fallback_behavior: "MATCH",
            position: "ANY",
          },
        },
      },
      5,
    ],
    ["label", label("awswaf:a:b"), { label_match_statement: { scope: "LABEL", key: "awswaf:a:b" } }, 1],
    ["not", not(get), { not_statement: { statement: [GET] } }, 2],
    ["and", and(get, not(get)), { and_statement: { statement: [GET, { not_statement: { statement: [GET] } }] } }, 4],
    ["or", or(get, get), { or_statement: { statement: [GET, GET] } }, 4],
    ["or of one", or(get), GET, 2],
  ];
  it.each(cases)("%s", (_, statement, block, capacity) => {
    expect(statement.kind).toBe("match");
    expect(statement.block).toEqual(block);
    expect(statement.capacity).toBe(capacity);
  });

  it("rateBased", () => {
    const plain = rateBased({ limit: 10, windowSec: 60 });
    expect([plain.kind, plain.capacity]).toEqual(["rate", 2]);
    expect(plain.block).toEqual({
      rate_based_statement: { aggregate_key_type: "IP", limit: 10, evaluation_window_sec: 60 },
    });
    const forwarded = rateBased({ limit: 10, windowSec: 60, scopeDown: get, forwardedIp: { headerName: "X-Ip" } });
    expect(forwarded.capacity).toBe(4);
    expect(forwarded.block).toEqual({
      rate_based_statement: {
        aggregate_key_type: "FORWARDED_IP",
        limit: 10,
        evaluation_window_sec: 60,
        forwarded_ip_config: { header_name: "X-Ip", fallback_behavior: "MATCH" },
        scope_down_statement: GET,
      },
    });
  });

  it("groups of rules", () => {
    const managed = managedGroup({
      name: "AWSManagedRulesLinuxRuleSet",
      capacity: 200,
      counted: ["A"],
      scopeDown: get,
    });
    expect([managed.kind, managed.capacity]).toEqual(["group", 202]);
    expect(managed.block).toEqual({
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: "AWSManagedRulesLinuxRuleSet",
        rule_action_override: [{ name: "A", action_to_use: { count: {} } }],
        scope_down_statement: GET,
      },
    });
    expect(ruleGroup("arn:x", 7)).toMatchObject({
      kind: "group",
      capacity: 7,
      block: { rule_group_reference_statement: { arn: "arn:x" } },
    });
  });
});

it("keeps a dollar and a brace from opening a template", () => {
  const text = regex("uri-path", "^/${x}").block;
  expect(text).toMatchObject({ regex_match_statement: { regex_string: "^/$${x}" } });
});

it("takes text that is known only at apply", () => {
  const token = new TerraformVariable(new TerraformStack(new App(), "test"), "key", { type: "string" }).stringValue;
  expect(byteMatch({ header: "x-origin-key" }, "EXACTLY", token).block).toMatchObject({
    byte_match_statement: { search_string: token },
  });
});

describe("a statement refuses", () => {
  const two = not(not(get));
  const cases: [string, () => unknown, string][] = [
    [
      "more nesting than Terraform knows",
      () => and(get, not(or(get, not(get)))),
      "and: expected at most 3 of and, or and not in each other, got 4. Terraform knows no deeper ones: use De Morgan's laws, labels, or two rules.",
    ],
    [
      "more nesting than a limit takes",
      () => rateBased({ limit: 10, windowSec: 60, scopeDown: not(two) }),
      "rateBased.scopeDown: expected at most 2 of and, or and not in each other, got 3. Terraform knows no deeper ones: use De Morgan's laws, labels, or two rules.",
    ],
    [
      "more nesting than a group takes",
      () => managedGroup({ name: "x", capacity: 1, scopeDown: not(two) }),
      "managedGroup.scopeDown: expected at most 2 of and, or and not in each other, got 3. Terraform knows no deeper ones: use De Morgan's laws, labels, or two rules.",
    ],
    ["nothing to combine", () => or(), "or: expected at least one statement, got none. Pass some."],
    [
      "a long text",
      () => byteMatch("uri-path", "EXACTLY", "あ".repeat(67)),
      "byteMatch: expected 1 to 200 bytes, got 201. Split it into several statements.",
    ],
    [
      "no text",
      () => regex("uri-path", ""),
      "regex: expected 1 to 512 bytes, got 0. Split it into several statements.",
    ],
    [
      "a country in small letters",
      () => geo(["jp"]),
      "geo: expected country codes such as JP, got [ 'jp' ]. They are the two capital letters of ISO 3166.",
    ],
  ];
  it.each(cases)("%s", (_, build, message) => {
    expect(build).toThrow(`[waf statement] ${message}`);
  });

  it("three levels are fine, two below a limit", () => {
    expect(not(two).depth).toBe(3);
    expect(rateBased({ limit: 10, windowSec: 60, scopeDown: two }).kind).toBe("rate");
  });

  it("what cannot be nested, at compile time", () => {
    // @ts-expect-error a rate limit stands only at the top of a rule
    and(get, rateBased({ limit: 10, windowSec: 60 }));
    // @ts-expect-error a group stands only at the top of a rule
    expect(() => not(ruleGroup("arn:x", 1))).not.toThrow();
    // @ts-expect-error an object that only looks like a statement
    const handmade: Statement = { kind: "match", block: {}, capacity: 1, depth: 0 };
    expect(handmade.kind).toBe("match");
  });
});
