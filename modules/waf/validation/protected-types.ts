import { parseArn } from "../../core/arn";
import { type ArnType } from "../../core/arn-types";
import { isUnresolved } from "../../core/tokens";

const LOAD_BALANCER: ArnType = {
  what: "an Application Load Balancer, or of another resource that a regional web ACL protects",
  service: "elasticloadbalancing",
  form: "loadbalancer/app/<name>/<id>",
  resource: /^loadbalancer\/app\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{1,17}$/,
  scope: "account",
};

/** What a regional web ACL can protect besides load balancers. Source: WAFV2 API reference, AssociateWebACL. */
const OTHERS: readonly ArnType[] = [
  {
    what: "a stage of a REST API",
    service: "apigateway",
    form: "/restapis/<id>/stages/<name>",
    resource: /^\/restapis\/[a-z0-9]+\/stages\/\w{1,128}$/,
    scope: "region",
    withoutAccount: true,
  },
  other("a GraphQL API", "appsync", "apis/<id>", /^apis\/[A-Za-z0-9-]+$/),
  other("a user pool", "cognito-idp", "userpool/<id>", /^userpool\/[\w-]+$/),
  other("an App Runner service", "apprunner", "service/<name>/<id>", /^service\/[A-Za-z0-9_-]{4,40}\/[0-9a-f]+$/),
  other(
    "a Verified Access instance",
    "ec2",
    "verified-access-instance/<id>",
    /^verified-access-instance\/vai-[0-9a-f]+$/,
  ),
  other("an Amplify app", "amplify", "apps/<id>", /^apps\/[a-z0-9]+$/),
];

function other(what: string, service: string, form: string, resource: RegExp): ArnType {
  return { what, service, form, resource, scope: "account" };
}

/** Returns the type of resource that an ARN of its service has to be: a load balancer, unless the service is another that WAF protects. */
export function protectedTypeOf(arn: string): ArnType {
  const service = typeof arn === "string" && !isUnresolved(arn) ? parseArn(arn)?.service : undefined;
  return OTHERS.find((type) => type.service === service) ?? LOAD_BALANCER;
}
