import { App, TerraformStack, TerraformVariable } from "cdktf";
import { ConfigurationError } from "../../../modules/core";
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

const ARN = "arn:aws:wafv2:ap-northeast-1:123456789012:regional/ipset/x/1";
const GROUP_ARN = "arn:aws:wafv2:ap-northeast-1:123456789012:regional/rulegroup/x/1";
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

describe("a statement is rendered with Terraform's names", () => {
  // Created inside the test, so that a mutation run can attribute each statement to its test.
  const cases: [string, () => Statement, unknown, number][] = [
    ["byteMatch", () => get, GET, 2],
    [
      "byteMatch with transformations, in their order",
      () => byteMatch("uri-path", "CONTAINS", "/admin", ["URL_DECODE", "LOWERCASE"]),
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
      () => byteMatch({ header: "X-Api-Key" }, "ENDS_WITH", "x"),
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
      () => regex({ queryArgument: "Token" }, "^a+$"),
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
      () => size({ body: "MATCH" }, "GT", 8192),
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
      () => sqlInjection("all-query-arguments"),
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
      () => crossSiteScripting("query-string", []),
      { xss_match_statement: { field_to_match: { query_string: {} }, text_transformation: NONE } },
      40,
    ],
    ["geo", () => geo(["JP", "US"]), { geo_match_statement: { country_codes: ["JP", "US"] } }, 1],
    [
      "geo behind a proxy",
      () => geo(["JP"], { headerName: "X-Real-Ip", fallbackBehavior: "NO_MATCH" }),
      {
        geo_match_statement: {
          country_codes: ["JP"],
          forwarded_ip_config: { header_name: "X-Real-Ip", fallback_behavior: "NO_MATCH" },
        },
      },
      1,
    ],
    ["ipSet", () => ipSet(ARN), { ip_set_reference_statement: { arn: ARN } }, 1],
    [
      "ipSet behind proxies",
      () => ipSet(ARN, { headerName: "X-Forwarded-For", position: "ANY" }),
      {
        ip_set_reference_statement: {
          arn: ARN,
          ip_set_forwarded_ip_config: {
            header_name: "X-Forwarded-For",
            fallback_behavior: "MATCH",
            position: "ANY",
          },
        },
      },
      5,
    ],
    ["label", () => label("awswaf:a:b"), { label_match_statement: { scope: "LABEL", key: "awswaf:a:b" } }, 1],
    ["not", () => not(get), { not_statement: { statement: [GET] } }, 2],
    [
      "and",
      () => and(get, not(get)),
      { and_statement: { statement: [GET, { not_statement: { statement: [GET] } }] } },
      4,
    ],
    ["or", () => or(get, get), { or_statement: { statement: [GET, GET] } }, 4],
    ["or of one", () => or(get), GET, 2],
  ];
  it.each(cases)("%s", (_, make, block, capacity) => {
    const statement = make();
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

  it("rule groups", () => {
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
    expect(ruleGroup(GROUP_ARN, 7)).toMatchObject({
      kind: "group",
      capacity: 7,
      block: { rule_group_reference_statement: { arn: GROUP_ARN } },
    });
  });
});

it("escapes template syntax", () => {
  const text = regex("uri-path", "^/${x}").block;
  expect(text).toMatchObject({ regex_match_statement: { regex_string: "^/$${x}" } });
});

it("accepts text known only at apply", () => {
  const token = new TerraformVariable(new TerraformStack(new App(), "test"), "key", { type: "string" }).stringValue;
  expect(byteMatch({ header: "x-origin-key" }, "EXACTLY", token).block).toMatchObject({
    byte_match_statement: { search_string: token },
  });
});

describe("a statement refuses", () => {
  const two = not(not(get));
  const cases: [string, () => unknown, string][] = [
    [
      "deeper nesting than Terraform supports",
      () => and(get, not(or(get, not(get)))),
      "and: expected at most 3 levels of and, or and not, got 4. The Terraform provider supports no deeper nesting: use De Morgan's laws, labels, or two rules.",
    ],
    [
      "more nesting than a limit takes",
      () => rateBased({ limit: 10, windowSec: 60, scopeDown: not(two) }),
      "rateBased.scopeDown: expected at most 2 levels of and, or and not, got 3. The Terraform provider supports no deeper nesting: use De Morgan's laws, labels, or two rules.",
    ],
    [
      "more nesting than a group takes",
      () => managedGroup({ name: "x", capacity: 1, scopeDown: not(two) }),
      "managedGroup.scopeDown: expected at most 2 levels of and, or and not, got 3. The Terraform provider supports no deeper nesting: use De Morgan's laws, labels, or two rules.",
    ],
    ["nothing to combine", () => or(), "or: expected at least one statement, got none. Pass one or more."],
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
      "geo: expected country codes such as JP, got [ 'jp' ]. Use the two-letter codes of ISO 3166, in capitals.",
    ],
  ];
  it.each(cases)("%s", (_, build, message) => {
    expect(build).toThrow(`[waf statement] ${message}`);
  });

  const made = (build: (...parameters: never[]) => unknown, ...parameters: unknown[]) =>
    (build as (...all: unknown[]) => unknown)(...parameters);
  const literal = "The group's documentation states it, and it is added up at synth.";
  const invalidParameters: [string, () => unknown, string][] = [
    [
      "an unknown part of the request",
      () => made(sqlInjection, "uri"),
      'sqlInjection.field: expected a literal, one of uri-path, query-string, all-query-arguments, method, got "uri". Spell it as the WAF API does.',
    ],
    [
      "two parts of the request at once",
      () => made(crossSiteScripting, { header: "a", queryArgument: "b" }),
      "crossSiteScripting.field: expected one of uri-path, query-string, all-query-arguments, method, or an object with header, queryArgument or body, got { header: 'a', queryArgument: 'b' }. Name one part of the request.",
    ],
    [
      "a part of the request that is spelled in another way",
      () => made(regex, { headers: "a" }, "x"),
      "regex.field.headers: expected a prop that exists, got an unknown one. Known props: body, header, queryArgument.",
    ],
    [
      "no field",
      () => made(byteMatch, undefined, "EXACTLY", "x"),
      "byteMatch.field: expected a value, got nothing. It has no default.",
    ],
    [
      "a position that there is not",
      () => made(byteMatch, "method", "BEGINS_WITH", "x"),
      'byteMatch.position: expected a literal, one of EXACTLY, STARTS_WITH, ENDS_WITH, CONTAINS, CONTAINS_WORD, got "BEGINS_WITH". Spell it as the WAF API does.',
    ],
    [
      "a number for a text",
      () => made(byteMatch, "method", "EXACTLY", 7),
      "byteMatch.text: expected text, got a value of type number. Write it in quotes.",
    ],
    [
      "no text at all",
      () => made(byteMatch, "method", "EXACTLY"),
      "byteMatch: expected 1 to 200 bytes, got 0. Split it into several statements.",
    ],
    [
      "a transformation that there is not",
      () => made(regex, "method", "x", ["UPPERCASE"]),
      'regex.transformations[0]: expected a literal, one of NONE, LOWERCASE, URL_DECODE, URL_DECODE_UNI, NORMALIZE_PATH, HTML_ENTITY_DECODE, COMPRESS_WHITE_SPACE, REMOVE_NULLS, BASE64_DECODE, got "UPPERCASE". Spell it as the WAF API does.',
    ],
    [
      "a comparison of other languages",
      () => made(size, "method", ">", 1),
      'size.comparison: expected a literal, one of EQ, NE, LE, LT, GE, GT, got ">". Spell it as the WAF API does.',
    ],
    [
      "a size below nothing",
      () => size("method", "GT", -1),
      "size.bytes: expected a whole number from 0 to 21474836480 bytes, got -1. WAF supports no other sizes.",
    ],
    [
      "a size beyond WAF's",
      () => size("method", "GT", 21_474_836_481),
      "size.bytes: expected a whole number from 0 to 21474836480 bytes, got 21474836481. WAF supports no other sizes.",
    ],
    [
      "a set by its name",
      () => ipSet("office"),
      'ipSet.arn: expected the ARN of an IP set of WAF, arn:…:wafv2:<region>:<account>:regional/ipset/<name>/<id>, got "office". Pass the ARN, not the name or the id.',
    ],
    [
      "a place among several addresses that there is not",
      () => made(ipSet, ARN, { headerName: "X-Forwarded-For", position: "SECOND" }),
      'ipSet.forwardedIp.position: expected a literal, one of FIRST, LAST, ANY, got "SECOND". Spell it as the WAF API does.',
    ],
    [
      "a proxy without a header name",
      () => made(geo, ["JP"], { fallbackBehavior: "MATCH" }),
      "geo.forwardedIp.headerName: expected a value, got nothing. Name the header that the proxy sets.",
    ],
    [
      "a limit behind a proxy without a header name",
      () => made(rateBased, { limit: 10, windowSec: 60, forwardedIp: {} }),
      "rateBased.forwardedIp.headerName: expected a value, got nothing. Name the header that the proxy sets.",
    ],
    [
      "one country outside a list",
      () => made(geo, "JP"),
      "geo.countryCodes: expected a list, got a value of type string. Put its elements in brackets.",
    ],
    ["a label without a name", () => label(""), "label.key: expected a value, got an empty string. It has no default."],
    [
      "a limit below WAF's",
      () => rateBased({ limit: 9, windowSec: 60 }),
      "rateBased.limit: expected a whole number from 10 to 2000000000 requests, got 9. The limit applies to one address in one window.",
    ],
    [
      "a limit beyond WAF's",
      () => rateBased({ limit: 2_000_000_001, windowSec: 60 }),
      "rateBased.limit: expected a whole number from 10 to 2000000000 requests, got 2000000001. The limit applies to one address in one window.",
    ],
    [
      "a window that there is not",
      () => rateBased({ limit: 10, windowSec: 90 }),
      "rateBased.windowSec: expected one of 60, 120, 300, 600, got 90. WAF supports no other windows.",
    ],
    [
      "nothing at all",
      () => made(rateBased),
      "rateBased: expected an object, got nothing. See the table of props in the README.",
    ],
    [
      "a group without a name",
      () => made(managedGroup, { capacity: 1 }),
      "managedGroup.name: expected a value, got nothing. It has no default.",
    ],
    [
      "a group that costs nothing",
      () => managedGroup({ name: "x", capacity: 0 }),
      `managedGroup.capacity: expected a whole number from 1 to 5000 units, got 0. ${literal}`,
    ],
    [
      "a group that costs more than an ACL has",
      () => ruleGroup(GROUP_ARN, 5001),
      `ruleGroup.capacity: expected a whole number from 1 to 5000 units, got 5001. ${literal}`,
    ],
    [
      "a group of one's own by its name",
      () => ruleGroup("mine", 1),
      'ruleGroup.arn: expected the ARN of a rule group of WAF, arn:…:wafv2:<region>:<account>:regional/rulegroup/<name>/<id>, got "mine". Pass the ARN, not the name or the id.',
    ],
  ];
  it.each(invalidParameters)("%s", (_, build, message) => {
    expect(build).toThrow(ConfigurationError);
    expect(build).toThrow(`[waf statement] ${message}`);
  });

  it("values known only at apply that decide what is created", () => {
    const stack = new TerraformStack(new App(), "test");
    const capacity = new TerraformVariable(stack, "capacity", { type: "number" }).numberValue;
    const counted = new TerraformVariable(stack, "counted", { type: "list(string)" }).listValue;
    expect(() => managedGroup({ name: "x", capacity, counted })).toThrow(
      [
        `[waf statement] managedGroup.capacity: expected a literal number, got a value that is known only at apply. ${literal} (core/literal-required)`,
        "[waf statement] managedGroup.counted: expected a list whose length is known at synth, got a value that is known only at apply. Each rule becomes its own block in the synthesized JSON. (core/literal-required)",
      ].join("\n"),
    );
  });

  it("nothing up to three levels, or up to two below a rate limit", () => {
    expect(not(two).depth).toBe(3);
    expect(rateBased({ limit: 10, windowSec: 60, scopeDown: two }).kind).toBe("rate");
  });

  const nested = (prop: string, got: string) =>
    `[waf statement] ${prop}: expected a statement that can be nested, got ${got}. Rate limits and rule groups are allowed only at the top of a rule; make other statements with this module's functions.`;

  it("statements that cannot be nested, at compile time too", () => {
    // @ts-expect-error a rate limit is allowed only at the top of a rule
    expect(() => and(get, rateBased({ limit: 10, windowSec: 60 }))).toThrow(
      nested("and.statements[1]", "a rate limit"),
    );
    // @ts-expect-error a rule group is allowed only at the top of a rule
    expect(() => not(ruleGroup(GROUP_ARN, 1))).toThrow(nested("not.statements[0]", "a rule group"));
    // @ts-expect-error an object that only looks like a statement
    const handmade: Statement = { kind: "match", block: {}, capacity: 1, depth: 0 };
    expect(handmade.kind).toBe("match");
  });
});
