import { type ApplicationLoadBalancer } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { type LogGroup } from "aws-cdk-lib/aws-logs";
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { type Construct } from "constructs";

const MANAGED_RULES = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
];

const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
});

/** A web ACL with managed rules and a rate limit, on the load balancer, with its log. */
export function addFirewall(scope: Construct, loadBalancer: ApplicationLoadBalancer, logGroup: LogGroup): void {
  const acl = new CfnWebACL(scope, "Firewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visibility("firewall"),
    rules: [
      {
        name: "rate-limit",
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: "IP", evaluationWindowSec: 300 } },
        visibilityConfig: visibility("rate-limit"),
      },
      ...MANAGED_RULES.map((name, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
        visibilityConfig: visibility(name),
      })),
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
