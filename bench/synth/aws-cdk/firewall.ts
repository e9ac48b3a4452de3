import { type ApplicationLoadBalancer } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { type LogGroup } from "aws-cdk-lib/aws-logs";
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { type Construct } from "constructs";

const MANAGED_RULES = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesAnonymousIpList",
];

/** Rate limits: requests of one IP address in five minutes, on and outside the Socket.IO path. */
const RATE_RULES = [
  { name: "request-rate", limit: 2000, onSocket: false },
  { name: "handshake-rate", limit: 300, onSocket: true },
  { name: "socket-rate", limit: 6000, onSocket: true },
];

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

const ON_SOCKET: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: "STARTS_WITH",
    searchString: "/socket.io/",
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};
const OFF_SOCKET: CfnWebACL.StatementProperty = { notStatement: { statement: ON_SOCKET } };

const OVERSIZE: CfnWebACL.StatementProperty = {
  sizeConstraintStatement: {
    fieldToMatch: { body: { oversizeHandling: "MATCH" } },
    comparisonOperator: "GT",
    size: 8192,
    textTransformations: [{ priority: 0, type: "NONE" }],
  },
};

function rateRules(): CfnWebACL.RuleProperty[] {
  return RATE_RULES.map(({ name, limit, onSocket }, priority) => ({
    name,
    priority,
    action: { block: {} },
    statement: {
      rateBasedStatement: {
        limit,
        aggregateKeyType: "IP",
        evaluationWindowSec: 300,
        scopeDownStatement: onSocket ? ON_SOCKET : OFF_SOCKET,
      },
    },
    visibilityConfig: visibility(name),
  }));
}

function managedRules(): CfnWebACL.RuleProperty[] {
  return MANAGED_RULES.map((name, index) => ({
    name,
    priority: RATE_RULES.length + index,
    overrideAction: { none: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
    visibilityConfig: visibility(name),
  }));
}

/** Adds a web ACL with managed rules, rate limits and logging to the load balancer. */
export function addFirewall(scope: Construct, loadBalancer: ApplicationLoadBalancer, logGroup: LogGroup): void {
  const acl = new CfnWebACL(scope, "Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visibility("firewall"),
    rules: [
      ...rateRules(),
      ...managedRules(),
      {
        name: "body-outside-socket",
        priority: 100,
        action: { block: {} },
        statement: { andStatement: { statements: [OFF_SOCKET, OVERSIZE] } },
        visibilityConfig: visibility("body-outside-socket"),
      },
    ],
  });
  new CfnWebACLAssociation(scope, "FirewallAssociation", {
    resourceArn: loadBalancer.loadBalancerArn,
    webAclArn: acl.attrArn,
  });
  new CfnLoggingConfiguration(scope, "FirewallLogging", {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [logGroup.logGroupArn],
    redactedFields: [{ singleHeader: { Name: "authorization" } }, { singleHeader: { Name: "cookie" } }],
  });
}
