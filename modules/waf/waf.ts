import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import {
  Wafv2WebAcl,
  type Wafv2WebAclRule,
  type Wafv2WebAclRuleAction,
  type Wafv2WebAclVisibilityConfig,
} from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2IpSet } from "@cdktf/provider-aws/lib/wafv2-ip-set";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Op, type TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { EDGE_REGION } from "../core/edge-region";
import { parseIpBlock } from "../core/ip-block";
import { physicalName } from "../core/names";
import { Checks } from "../core/checks";
import { readProps } from "../core/props";
import { type CompleteWafProps, wafDefaults } from "./defaults";
import { buildRules, type Rule } from "./rules";
import { ipSet, or, type Statement } from "./statements";
import { validateCapacity } from "./validation/capacity";
import { validateWaf } from "./validation/waf";
import { PROPS, type WafProps } from "./props";

const TOO_MANY_REQUESTS = "too-many-requests";

/** Creates a web ACL for a Socket.IO application: AWS's rule groups, separate rate limits for connections and pages, and a redacted log. */
export class Waf extends Construct {
  readonly webAclArn: string;
  readonly webAclId: string;
  readonly logGroupName: string;
  /** Value of the CloudWatch dimension `WebACL`. */
  readonly webAclMetricName: string;
  readonly scope: CompleteWafProps["scope"];
  /** Values of the CloudWatch dimension `Rule`, by the rule's name. */
  readonly ruleMetricNames: Readonly<Record<string, string>>;
  /** Web ACL capacity units, estimated from the documentation; the estimate may be too high, never too low. */
  readonly capacity: number;
  readonly webAcl: Wafv2WebAcl;
  readonly logGroup: CloudwatchLogGroup;

  private readonly props: CompleteWafProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: WafProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, wafDefaults);
    validateWaf(checks, this.props);

    const rules = buildRules(this.props, {
      denied: this.createIpSets("denied-ips", this.props.deniedIps),
      allowed: this.createIpSets("allowed-ips", this.props.allowedIps),
    });
    this.capacity = rules.reduce((sum, { statement }) => sum + statement.capacity, 0);
    validateCapacity(checks, this.capacity);

    this.logGroup = this.createLogGroup();
    this.webAcl = this.createWebAcl(rules);
    this.createLogging();
    this.createAssociations();

    this.webAclArn = this.webAcl.arn;
    this.webAclId = this.webAcl.id;
    this.logGroupName = this.logGroup.name;
    this.webAclMetricName = this.metricName("waf");
    this.scope = this.props.scope;
    this.ruleMetricNames = Object.fromEntries(rules.map(({ name }) => [name, this.metricName(name)]));
  }

  /** Creates one IP set for each IP version, because a set holds only one version. */
  private createIpSets(key: "denied-ips" | "allowed-ips", blocks: readonly string[]): Statement | undefined {
    const { scope, provider, forwardedIp } = this.props;
    const statements = ([4, 6] as const).flatMap((version) => {
      const addresses = blocks.filter((block) => parseIpBlock(block)?.version === version);
      if (addresses.length === 0) return [];
      const set = new Wafv2IpSet(this, `${key}-v${version}`, {
        provider,
        name: physicalName([this.props.name, key, `v${version}`], { maxLength: 128 }),
        scope,
        ipAddressVersion: `IPV${version}`,
        addresses,
        // The web ACL still refers to the set until it has been updated.
        lifecycle: { createBeforeDestroy: true },
      });
      // The proxy appends the address that it saw, so only the last address is trustworthy.
      return [ipSet(set.arn, forwardedIp && { ...forwardedIp, position: "LAST" })];
    });
    return statements.length > 0 ? or(...statements) : undefined;
  }

  private createLogGroup(): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "log-group", {
      provider: this.props.provider,
      // WAF writes only to log groups with this prefix.
      name: physicalName(["aws-waf-logs", this.props.name], { maxLength: 512 }),
      retentionInDays: this.props.logRetentionDays,
      kmsKeyId: this.props.kmsKeyArn,
    });
  }

  private createWebAcl(rules: readonly Rule[]): Wafv2WebAcl {
    return new Wafv2WebAcl(this, "web-acl", {
      provider: this.props.provider,
      name: physicalName([this.props.name, "waf"], { maxLength: 128 }),
      scope: this.props.scope,
      defaultAction: { allow: {} },
      customResponseBody: [
        { key: TOO_MANY_REQUESTS, content: '{"error":"too many requests"}', contentType: "APPLICATION_JSON" },
      ],
      rule: rules.map((rule) => this.render(rule)),
      visibilityConfig: this.visibility("waf"),
      // A distribution still refers to the web ACL until it has been updated.
      lifecycle: { createBeforeDestroy: true, ...this.regionPrecondition() },
    });
  }

  private render({ name, priority, statement, action }: Rule): Wafv2WebAclRule {
    const counting = this.props.monitorOnly || action === "count";
    const outcome =
      statement.kind === "group"
        ? { overrideAction: counting ? { count: {} } : { none: {} } }
        : { action: counting ? { count: {} } : this.actionBlock(action) };
    return { name, priority, statement: statement.block, visibilityConfig: this.visibility(name), ...outcome };
  }

  private actionBlock(action: Rule["action"]): Wafv2WebAclRuleAction {
    if (action !== "limit") return { [action]: {} };
    const retryAfter = { name: "Retry-After", value: `${this.props.rateLimitWindowSec}` };
    return {
      block: {
        customResponse: {
          responseCode: 429,
          customResponseBodyKey: TOO_MANY_REQUESTS,
          responseHeader: [retryAfter],
        },
      },
    };
  }

  private visibility(name: string): Wafv2WebAclVisibilityConfig {
    return {
      cloudwatchMetricsEnabled: true,
      metricName: this.metricName(name),
      sampledRequestsEnabled: this.props.sampledRequests,
    };
  }

  private metricName(name: string): string {
    return physicalName([this.props.name, name], { maxLength: 128 });
  }

  /** For a region that is known only at apply: AWS's own error for another one does not name the cause. */
  private regionPrecondition(): TerraformResourceLifecycle | undefined {
    if (this.props.scope !== "CLOUDFRONT") return undefined;
    return {
      precondition: [
        {
          condition: Op.eq(arnField(this.logGroup.arn, "region"), EDGE_REGION),
          errorMessage: `${this.node.path}: a web ACL for CloudFront must be in ${EDGE_REGION}. Pass a provider of that region.`,
        },
      ],
    };
  }

  private createLogging(): void {
    const { provider, redactedHeaders, redactQueryString, logAllRequests } = this.props;
    const actions = ["BLOCK", "COUNT", "EXCLUDED_AS_COUNT", "CAPTCHA", "CHALLENGE"];
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      provider,
      resourceArn: this.webAcl.arn,
      logDestinationConfigs: [this.logGroup.arn],
      redactedFields: [
        ...redactedHeaders.map((name) => ({ singleHeader: { name: name.toLowerCase() } })),
        ...(redactQueryString ? [{ queryString: {} }] : []),
      ],
      loggingFilter: logAllRequests
        ? undefined
        : {
            defaultBehavior: "DROP",
            filter: [
              {
                behavior: "KEEP",
                requirement: "MEETS_ANY",
                condition: actions.map((action) => ({ actionCondition: { action } })),
              },
            ],
          },
    });
  }

  private createAssociations(): void {
    for (const [key, resourceArn] of Object.entries(this.props.associateWith)) {
      new Wafv2WebAclAssociation(this, `association-${key}`, {
        provider: this.props.provider,
        resourceArn,
        webAclArn: this.webAcl.arn,
      });
    }
  }
}
