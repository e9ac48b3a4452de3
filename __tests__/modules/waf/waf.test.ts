import { byteMatch, label, not, regex } from "../../../modules/waf";
import { synthesize } from "../../helpers/synth";
import { make, waf, rules, priorities, answer429, overrides } from "./fixture";

const toSocket = byteMatch("uri-path", "STARTS_WITH", "/socket.io/");
const metrics = (name: string) => ({
  cloudwatch_metrics_enabled: true,
  metric_name: `crm-${name}`,
  sampled_requests_enabled: false,
});

describe("a web ACL with its defaults", () => {
  const template = waf();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 1,
      aws_wafv2_web_acl: 1,
      aws_wafv2_web_acl_logging_configuration: 1,
    });
  });

  it("allows requests that no rule matches, and measures every rule", () => {
    expect(template.only("aws_wafv2_web_acl")).toMatchObject({
      name: "crm-waf",
      scope: "REGIONAL",
      default_action: { allow: {} },
      visibility_config: metrics("waf"),
      custom_response_body: [
        { key: "too-many-requests", content: '{"error":"too many requests"}', content_type: "APPLICATION_JSON" },
      ],
    });
    for (const [name, rule] of Object.entries(rules())) expect(rule["visibility_config"]).toEqual(metrics(name));
  });

  it("evaluates its rules in this order", () => {
    expect(priorities()).toEqual({
      "ip-reputation": 30,
      "request-rate": 40,
      "handshake-rate": 50,
      "socket-rate": 60,
      common: 1000,
      "known-bad-inputs": 1010,
      "sql-injection": 1020,
      "anonymous-ip": 1030,
      "body-outside-socket": 1040,
    });
  });

  it("keeps the actions of AWS's rule groups, except for bodies and anonymous addresses", () => {
    const {
      common,
      "known-bad-inputs": bad,
      "sql-injection": sql,
      "ip-reputation": ip,
      "anonymous-ip": anon,
    } = rules();
    expect(common).toMatchObject({
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          vendor_name: "AWS",
          name: "AWSManagedRulesCommonRuleSet",
          rule_action_override: overrides([
            "SizeRestrictions_BODY",
            "CrossSiteScripting_BODY",
            "EC2MetaDataSSRF_BODY",
            "GenericLFI_BODY",
            "GenericRFI_BODY",
          ]),
        },
      },
    });
    expect(sql).toMatchObject({
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          name: "AWSManagedRulesSQLiRuleSet",
          rule_action_override: overrides(["SQLi_BODY", "SQLiExtendedPatterns_BODY"]),
        },
      },
    });
    const plain = (name: string) => ({ managed_rule_group_statement: { vendor_name: "AWS", name } });
    expect(bad).toMatchObject({ override_action: { none: {} } });
    expect(bad!["statement"]).toEqual(plain("AWSManagedRulesKnownBadInputsRuleSet"));
    expect(ip).toMatchObject({ override_action: { none: {} } });
    expect(ip!["statement"]).toEqual(plain("AWSManagedRulesAmazonIpReputationList"));
    expect(anon).toMatchObject({ override_action: { count: {} } });
    expect(anon!["statement"]).toEqual(plain("AWSManagedRulesAnonymousIpList"));
  });

  it("blocks what the body rules counted, except on the socket's path", () => {
    const labels = [
      "core-rule-set:SizeRestrictions_Body",
      "core-rule-set:CrossSiteScripting_Body",
      "core-rule-set:EC2MetaDataSSRF_Body",
      "core-rule-set:GenericLFI_Body",
      "core-rule-set:GenericRFI_Body",
      "sql-database:SQLi_Body",
      "sql-database:SQLiExtendedPatterns_Body",
    ];
    expect(rules()["body-outside-socket"]).toEqual({
      priority: 1040,
      action: { block: {} },
      visibility_config: metrics("body-outside-socket"),
      statement: {
        and_statement: {
          statement: [
            { or_statement: { statement: labels.map((key) => label(`awswaf:managed:aws:${key}`).block) } },
            not(toSocket).block,
          ],
        },
      },
    });
  });

  it("limits pages, new sockets and socket requests separately, and answers 429", () => {
    const limit = (limit: number, scope: unknown) => ({
      action: answer429("300"),
      statement: {
        rate_based_statement: {
          aggregate_key_type: "IP",
          limit,
          evaluation_window_sec: 300,
          scope_down_statement: scope,
        },
      },
    });
    const newSession = not(regex("query-string", "(^|&)sid=[^&]"));
    expect(rules()).toMatchObject({
      "request-rate": limit(5000, not(toSocket).block),
      "handshake-rate": limit(1000, { and_statement: { statement: [toSocket.block, newSession.block] } }),
      "socket-rate": limit(30_000, toSocket.block),
    });
  });

  it("keeps blocked and counted requests for 90 days, without cookies, tokens and session ids", () => {
    expect(template.only("aws_cloudwatch_log_group")).toEqual({ name: "aws-waf-logs-crm", retention_in_days: 90 });
    const actions = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"];
    expect(template.only("aws_wafv2_web_acl_logging_configuration")).toEqual({
      resource_arn: "${aws_wafv2_web_acl.waf_web-acl_54BA89C4.arn}",
      log_destination_configs: ["${aws_cloudwatch_log_group.waf_log-group_B08BEF30.arn}"],
      redacted_fields: [
        { single_header: { name: "authorization" } },
        { single_header: { name: "cookie" } },
        { query_string: {} },
      ],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: actions.map((action) => ({ action_condition: { action } })),
          },
        ],
      },
    });
  });

  it("exposes its metric names and capacity", () => {
    synthesize((stack) => {
      const made = make(stack);
      expect(made.webAclMetricName).toBe("crm-waf");
      expect(made.ruleMetricNames).toMatchObject({ "handshake-rate": "crm-handshake-rate", common: "crm-common" });
      // 25 + 700 + 200 + 200 + 50 for the groups, 4 + 7 + 4 for the limits, 7 labels and a path.
      expect(made.capacity).toBe(1199);
    });
  });
});

it("recognizes an Engine.IO session", () => {
  const pattern = new RegExp("(^|&)sid=[^&]");
  const sessions = ["sid=a", "EIO=4&transport=polling&sid=a", "EIO=4&sid=a&t=1"];
  const handshakes = ["", "EIO=4&transport=polling", "xsid=1", "SID=1", "sid=", "sid=&t=1", "a=sid=1", "?sid=1"];
  expect(sessions.filter((query) => !pattern.test(query))).toEqual([]);
  expect(handshakes.filter((query) => pattern.test(query))).toEqual([]);
});
