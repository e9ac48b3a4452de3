import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { byteMatch, label, managedGroup, not, rateBased, regex, Waf, type WafProps } from "../../../modules/waf";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Block } from "../../helpers/template";

const make = (stack: TerraformStack, props: Partial<WafProps> = {}) => new Waf(stack, "waf", { name: "crm", ...props });
const waf = (props: Partial<WafProps> = {}) => synthesize((stack) => void make(stack, props));
type RuleBlock = Block & { name: string; priority: number };
const rules = (props: Partial<WafProps> = {}) =>
  Object.fromEntries(
    (waf(props).only("aws_wafv2_web_acl")["rule"] as RuleBlock[]).map(({ name, ...rule }) => [name, rule]),
  );
const priorities = (props: Partial<WafProps> = {}) =>
  Object.fromEntries(Object.entries(rules(props)).map(([name, { priority }]) => [name, priority]));

const toSocket = byteMatch("uri-path", "STARTS_WITH", "/socket.io/");
const metrics = (name: string) => ({
  cloudwatch_metrics_enabled: true,
  metric_name: `crm-${name}`,
  sampled_requests_enabled: false,
});
const answer429 = (seconds: string) => ({
  block: {
    custom_response: {
      response_code: 429,
      custom_response_body_key: "too-many-requests",
      response_header: [{ name: "Retry-After", value: seconds }],
    },
  },
});
const overrides = (names: string[]) => names.map((name) => ({ name, action_to_use: { count: {} } }));

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
      },
      "waf/denied-ips-v6": {
        name: "crm-denied-ips-v6",
        scope: "REGIONAL",
        ip_address_version: "IPV6",
        addresses: ["2001:db8::/32"],
      },
      "waf/allowed-ips-v4": {
        name: "crm-allowed-ips-v4",
        scope: "REGIONAL",
        ip_address_version: "IPV4",
        addresses: ["198.51.100.7/32"],
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

describe("a web ACL refuses", () => {
  const statement = byteMatch("method", "EXACTLY", "TRACE");
  const cases: [string, Partial<WafProps>, string][] = [
    [
      "another scope",
      { scope: "GLOBAL" as never },
      'scope: expected a literal, one of REGIONAL, CLOUDFRONT, got "GLOBAL". Use REGIONAL for a load balancer, CLOUDFRONT for a distribution.',
    ],
    [
      "an association for CloudFront",
      { scope: "CLOUDFRONT", associateWith: { cdn: "arn:aws:cloudfront::123456789012:distribution/E1" } },
      "associateWith: expected no association with scope CLOUDFRONT, got cdn. Pass webAclArn to the distribution.",
    ],
    [
      "an association with no ARN",
      { associateWith: { alb: "my-alb" } },
      'associateWith.alb: expected an ARN, got "my-alb". Pass the ARN of a load balancer.',
    ],
    [
      "a limit below AWS's",
      { requestRateLimit: 5 },
      "requestRateLimit: expected a whole number from 10 to 2000000000 requests, or false, got 5. The limit applies to one address in one window.",
    ],
    [
      "a window that WAF does not know",
      { rateLimitWindowSec: 30 as never },
      "rateLimitWindowSec: expected one of 60, 120, 300, 600, got 30. WAF supports no other windows.",
    ],
    [
      "a socket path without its slashes",
      { socketPath: "/socket.io" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "/socket.io". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "all requests as the socket's",
      { socketPath: "/" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "/". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "an address that is no block",
      { deniedIps: ["203.0.113.7"] },
      'deniedIps: expected literal IPv4 or IPv6 CIDRs, for example 203.0.113.0/24 or 2001:db8::/32, got "203.0.113.7". A single address ends in /32 or /128.',
    ],
    [
      "a block of all addresses",
      { allowedIps: ["0.0.0.0/0"] },
      "allowedIps: expected no block that holds all addresses, got 0.0.0.0/0. WAF does not accept /0. To match every address, use two /1 blocks.",
    ],
    [
      "a malformed header",
      { forwardedIp: { headerName: "X Forwarded For" } },
      'forwardedIp.headerName: expected the name of a header, got "X Forwarded For". Name a header that the proxy overwrites instead of appending to it.',
    ],
    [
      "rules of a group that is not there",
      { countedRules: { linux: ["LFI_URIPATH"] } as never },
      'countedRules: expected one of ip-reputation, common, known-bad-inputs, sql-injection, anonymous-ip, got "linux". Name a group that is in the web ACL.',
    ],
    [
      "a rule under a name that is taken",
      { customRules: [{ name: "common", statement }] },
      'customRules: expected a different name for each rule, got "common". Use another name.',
    ],
    [
      "two rules of one name",
      {
        customRules: [
          { name: "trace", statement },
          { name: "trace", statement },
        ],
      },
      'customRules: expected a different name for each rule, got "trace". Use another name.',
    ],
    [
      "a rule under a name that cannot be a metric",
      { customRules: [{ name: "No Trace", statement }] },
      'customRules: expected names of lower-case letters, digits and single hyphens, at most 128, got "No Trace". The name becomes part of addresses and metric names, which must not change.',
    ],
    [
      "a statement written by hand",
      { customRules: [{ name: "trace", statement: { byteMatchStatement: {} } as never }] },
      "customRules.trace.statement: expected a statement made by byteMatch, and, rateBased or another function of this module, got { byteMatchStatement: {} }. Nothing checks a handwritten statement before AWS does.",
    ],
    [
      "an action for a group that has its own",
      {
        customRules: [
          {
            name: "linux",
            statement: managedGroup({ name: "AWSManagedRulesLinuxRuleSet", capacity: 200 }),
            action: "block",
          },
        ],
      },
      'customRules.linux.action: expected nothing, or count, for a rule group, got "block". The rules of a group have their own actions.',
    ],
    [
      "a list of blocks that is known only at apply",
      { deniedIps: Token.asList({ resolve: () => ["203.0.113.0/24"] }) },
      "deniedIps: expected a list of literal CIDRs, got a value that is known only at apply. IPv4 and IPv6 blocks go to different IP sets, which is decided at synth.",
    ],
    [
      "a fallback that WAF does not know",
      { forwardedIp: { headerName: "X-Real-Ip", fallbackBehavior: "PASS" as never } },
      'forwardedIp.fallbackBehavior: expected one of MATCH, NO_MATCH, got "PASS". It applies when the header holds no valid address.',
    ],
    [
      "a mode for anonymous addresses that there is not",
      { anonymousIps: "allow" as never },
      'anonymousIps: expected a literal, one of count, block, off, got "allow". The README describes these addresses.',
    ],
    [
      "a socket path with more before it",
      { socketPath: "x/socket.io/" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "x/socket.io/". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "a counted rule with more before its name",
      { countedRules: { common: [" NoUserAgent_HEADER"] } },
      "countedRules.common: expected names of the group's rules, such as NoUserAgent_HEADER, got \" NoUserAgent_HEADER\". The group's documentation lists them.",
    ],
    [
      "a counted rule with more behind its name",
      { countedRules: { common: ["NoUserAgent_HEADER*"] } },
      "countedRules.common: expected names of the group's rules, such as NoUserAgent_HEADER, got \"NoUserAgent_HEADER*\". The group's documentation lists them.",
    ],
    [
      "an action that there is not",
      { customRules: [{ name: "a", statement, action: "drop" as never }] },
      'customRules[0].action: expected a literal, one of allow, block, count, captcha, challenge, got "drop". Leave it out to block, or to keep the actions of a rule group.',
    ],
    [
      "an order that there is not",
      { customRules: [{ name: "a", statement, order: "last" as never }] },
      'customRules[0].order: expected a literal, one of before, after, got "last". It is relative to AWS\'s rule groups.',
    ],
    [
      "a key that is no ARN",
      { kmsKeyArn: "alias/logs" },
      'kmsKeyArn: expected the ARN of a resource of "kms", got "alias/logs". Pass the ARN of a KMS key, not its id or alias.',
    ],
    [
      "a retention that CloudWatch does not know",
      { logRetentionDays: 10 as never },
      "logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 10. Use a value that CloudWatch Logs accepts.",
    ],
    [
      "a header that cannot be hidden",
      { redactedHeaders: ["set cookie"] },
      'redactedHeaders: expected names of headers, got "set cookie". For example authorization.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void make(stack, props))).toEqual([`[test/waf] ${message}`]);
  });

  it("several problems in one error", () => {
    const lines = refusal((stack) => void make(stack, { name: "CRM", socketRateLimit: 1, deniedIps: ["x"] }));
    expect(lines.map((line) => line.split(" ")[1])).toEqual(["name:", "socketRateLimit:", "deniedIps:"]);
  });
});
