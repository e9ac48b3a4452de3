import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import { byteMatch, managedGroup, rateBased } from "../../../modules/waf";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Block } from "../../helpers/template";
import { make, waf, rules, priorities, answer429, overrides } from "./fixture";

describe("options", () => {
  it("counts instead of blocking with monitorOnly", () => {
    const all = rules({ monitorOnly: true, deniedIps: ["203.0.113.0/24"] });
    for (const rule of Object.values(all)) {
      expect(rule["override_action"] ?? rule["action"]).toEqual({ count: {} });
    }
    expect(Object.keys(all)).toHaveLength(10);
  });

  it("evaluates deny before allow, with one IP set per IP version", () => {
    const template = waf({ deniedIps: ["203.0.113.0/24", "2001:db8::/32"], allowedIps: ["198.51.100.7/32"] });
    expect(template.resources("aws_wafv2_ip_set")).toEqual({
      "waf/denied-ips-v4": {
        name: "crm-denied-ips-v4",
        scope: "REGIONAL",
        ip_address_version: "IPV4",
        addresses: ["203.0.113.0/24"],
        lifecycle: { create_before_destroy: true },
      },
      "waf/denied-ips-v6": {
        name: "crm-denied-ips-v6",
        scope: "REGIONAL",
        ip_address_version: "IPV6",
        addresses: ["2001:db8::/32"],
        lifecycle: { create_before_destroy: true },
      },
      "waf/allowed-ips-v4": {
        name: "crm-allowed-ips-v4",
        scope: "REGIONAL",
        ip_address_version: "IPV4",
        addresses: ["198.51.100.7/32"],
        lifecycle: { create_before_destroy: true },
      },
    });
    const set = (name: string) => ({ ip_set_reference_statement: { arn: `\${aws_wafv2_ip_set.${name}.arn}` } });
    expect(template.only("aws_wafv2_web_acl")["rule"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: "denied-ips",
          priority: 10,
          action: { block: {} },
          statement: {
            or_statement: { statement: [set("waf_denied-ips-v4_1291ED68"), set("waf_denied-ips-v6_584DACAA")] },
          },
        }),
        expect.objectContaining({
          name: "allowed-ips",
          priority: 20,
          action: { allow: {} },
          statement: set("waf_allowed-ips-v4_26348F93"),
        }),
      ]),
    );
  });

  it("takes the client's address from a proxy's header", () => {
    const all = rules({ forwardedIp: { headerName: "X-Client-Ip" }, deniedIps: ["203.0.113.0/24"] });
    const config = { header_name: "X-Client-Ip", fallback_behavior: "MATCH" };
    expect(all["handshake-rate"]).toMatchObject({
      statement: { rate_based_statement: { aggregate_key_type: "FORWARDED_IP", forwarded_ip_config: config } },
    });
    expect(all["denied-ips"]).toMatchObject({
      statement: { ip_set_reference_statement: { ip_set_forwarded_ip_config: { ...config, position: "LAST" } } },
    });
  });

  it("accepts other limits, or none", () => {
    const all = rules({
      requestRateLimit: 10,
      handshakeRateLimit: false,
      socketRateLimit: false,
      rateLimitWindowSec: 60,
    });
    expect(Object.keys(all).filter((name) => name.endsWith("-rate"))).toEqual(["request-rate"]);
    expect(all["request-rate"]).toMatchObject({
      action: answer429("60"),
      statement: { rate_based_statement: { limit: 10, evaluation_window_sec: 60 } },
    });
  });

  it("accepts another socket path", () => {
    const text = waf({ socketPath: "/rt/ws/" }).text;
    expect(text.match(/"search_string": "\/rt\/ws\/"/g)).toHaveLength(4);
    expect(text).not.toContain("/socket.io/");
  });

  it("blocks anonymous addresses, or leaves the rule out", () => {
    expect(rules({ anonymousIps: "block" })["anonymous-ip"]).toMatchObject({ override_action: { none: {} } });
    expect(rules({ anonymousIps: "off" })).not.toHaveProperty("anonymous-ip");
  });

  it("counts rules of a group, and does not block them by label either", () => {
    const all = rules({
      countedRules: { common: ["NoUserAgent_HEADER", "SizeRestrictions_BODY"] },
      sqlInjection: false,
    });
    const statement = all["common"]!["statement"] as { managed_rule_group_statement: Block };
    expect(statement.managed_rule_group_statement["rule_action_override"]).toEqual(
      overrides([
        "SizeRestrictions_BODY",
        "CrossSiteScripting_BODY",
        "EC2MetaDataSSRF_BODY",
        "GenericLFI_BODY",
        "GenericRFI_BODY",
        "NoUserAgent_HEADER",
      ]),
    );
    expect(all).not.toHaveProperty("sql-injection");
    const body = JSON.stringify(all["body-outside-socket"]);
    expect(body).toContain("core-rule-set:GenericRFI_Body");
    expect(body).not.toContain("SizeRestrictions_Body");
    expect(body).not.toContain("sql-database");
  });

  it("puts custom rules before or after AWS's groups, and keeps all other priorities", () => {
    const trace = byteMatch("method", "EXACTLY", "TRACE");
    const linux = managedGroup({ name: "AWSManagedRulesLinuxRuleSet", capacity: 200 });
    const login = rateBased({
      limit: 20,
      windowSec: 60,
      scopeDown: byteMatch("uri-path", "STARTS_WITH", "/api/auth/"),
    });
    const custom = rules({
      customRules: [
        { name: "no-trace", statement: trace, order: "before" },
        { name: "linux", statement: linux },
        { name: "login", statement: login, action: "challenge" },
        { name: "watch", statement: linux, action: "count" },
      ],
    });
    expect(custom).toMatchObject({
      "no-trace": { priority: 100, action: { block: {} }, statement: trace.block },
      linux: { priority: 2000, override_action: { none: {} } },
      login: { priority: 2001, action: { challenge: {} } },
      watch: { priority: 2002, override_action: { count: {} } },
    });
    expect(custom["linux"]!["statement"]).toEqual(linux.block);
    expect(custom["login"]!["statement"]).toEqual(login.block);
    const others = Object.entries(custom).filter(([name]) => name in priorities());
    expect(Object.fromEntries(others.map(([name, { priority }]) => [name, priority]))).toEqual(priorities());
  });

  it("is associated with the given resources, under stable ids", () => {
    const arn = "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/1";
    expect(waf({ associateWith: { alb: arn } }).resources("aws_wafv2_web_acl_association")).toEqual({
      "waf/association-alb": { resource_arn: arn, web_acl_arn: "${aws_wafv2_web_acl.waf_web-acl_54BA89C4.arn}" },
    });
  });

  it("creates everything for CloudFront with the provider of us-east-1, and fails the apply otherwise", () => {
    const template = synthesize((stack) => {
      const provider = new AwsProvider(stack, "global", { region: "us-east-1", alias: "global" });
      make(stack, { scope: "CLOUDFRONT", provider, deniedIps: ["203.0.113.0/24"] });
    });
    const made = Object.values(template.json.resource!).flatMap((blocks) => Object.values(blocks));
    expect(made.map((block) => block["provider"])).toEqual(Array(4).fill("aws.global"));
    expect(template.only("aws_wafv2_ip_set")["scope"]).toBe("CLOUDFRONT");
    expect(template.only("aws_wafv2_web_acl")).toMatchObject({
      scope: "CLOUDFRONT",
      lifecycle: {
        precondition: [
          {
            condition:
              '${(element(split(":", aws_cloudwatch_log_group.waf_log-group_B08BEF30.arn), 3) == "us-east-1")}',
            error_message: "test/waf: a web ACL for CloudFront must be in us-east-1. Pass a provider of that region.",
          },
        ],
      },
    });
  });

  it("logs more requests or redacts fewer fields, if configured", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/01234567-0123-0123-0123-0123456789ab";
    const template = waf({
      logAllRequests: true,
      redactQueryString: false,
      redactedHeaders: ["Authorization", "cookie", "x-visitor-token"],
      logRetentionDays: 365,
      kmsKeyArn,
      sampledRequests: true,
    });
    const logging = template.only("aws_wafv2_web_acl_logging_configuration");
    expect(logging).not.toHaveProperty("logging_filter");
    expect(logging["redacted_fields"]).toEqual(
      ["authorization", "cookie", "x-visitor-token"].map((name) => ({ single_header: { name } })),
    );
    expect(template.only("aws_cloudwatch_log_group")).toMatchObject({ retention_in_days: 365, kms_key_id: kmsKeyArn });
    expect(template.text.match(/"sampled_requests_enabled": true/g)).toHaveLength(10);
  });

  it("warns about rule groups with an extra price", () => {
    const custom = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        name: `linux-${index}`,
        statement: managedGroup({ name: "AWSManagedRulesLinuxRuleSet", capacity: 200 }),
      }));
    const warnings = (count: number) => {
      const found: unknown[] = [];
      synthesize((stack) => void found.push(...make(stack, { customRules: custom(count) }).node.metadata));
      return found;
    };
    expect(warnings(1)).toEqual([]);
    expect(warnings(2)).toMatchObject([
      {
        data: "The rules need about 1599 capacity units: beyond 1500 AWS charges more for each request. Remove custom rules or text transformations.",
      },
    ]);
    expect(refusal((stack) => void make(stack, { customRules: custom(20) }))).toEqual([
      "[test/waf] customRules: expected at most 5000 capacity units in total, got about 5199. Remove custom rules or text transformations.",
    ]);
  });

  it("accepts values known only at apply", () => {
    const template = synthesize((stack) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
      const requestRateLimit = new TerraformVariable(stack, "limit", { type: "number" }).numberValue;
      make(stack, { associateWith: { alb: text("alb") }, kmsKeyArn: text("key"), requestRateLimit });
    });
    expect(template.text).toContain('"limit": "${var.limit}"');
    expect(template.text).not.toContain("TfToken");
  });
});
