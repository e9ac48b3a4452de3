import { type Judge, whenGone } from "./interruption";

const TRACKING = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html";

/** Removing a rule does not cut connections that are tracked. Source: EC2 user guide, connection tracking. */
const rule = whenGone(
  "degraded",
  "New connections that it allowed are refused; open ones go on until they end or time out.",
  "New connections that it allows are refused until the new rule exists; open ones go on.",
  TRACKING,
);

const outgoing = (what: string): Judge =>
  whenGone(
    "degraded",
    `${what}: outgoing requests through it fail.`,
    `${what} until the new one exists: outgoing requests through it fail. Clients stay connected.`,
  );

const route: Judge = (change, rollouts) => {
  const nat = typeof change.before["nat_gateway_id"] === "string" && change.before["nat_gateway_id"] !== "";
  if (nat) return outgoing("The route goes")(change, rollouts);
  return whenGone(
    "outage",
    "Packets no longer find their way out.",
    "Packets find no way until the new route exists.",
  )(change, rollouts);
};

/** AWS refuses to delete subnets, security groups and internet gateways in use, so these cut nobody off. */
export const NETWORK_JUDGES: Readonly<Record<string, Judge>> = {
  aws_vpc: whenGone(
    "outage",
    "The VPC and everything in it go.",
    "The VPC and everything in it go before the new one exists.",
  ),
  aws_route: route,
  aws_route_table_association: whenGone(
    "degraded",
    "The subnet uses the main route table.",
    "The subnet uses the main route table until the new association exists.",
  ),
  aws_nat_gateway: outgoing("The NAT gateway goes"),
  aws_vpc_endpoint: outgoing("The endpoint goes"),
  aws_security_group_rule: rule,
  aws_vpc_security_group_ingress_rule: rule,
  aws_vpc_security_group_egress_rule: rule,
};

const NEGATIVE_ANSWERS = "Resolvers also keep the answer that there is no such name for the zone's negative TTL.";

const record: Judge = (change, rollouts) => {
  if (!["A", "AAAA", "CNAME"].includes(String(change.before["type"]))) return undefined;
  const judge = whenGone(
    "outage",
    "Clients no longer find the name; open connections stay.",
    `Clients do not find the name until the new record exists; open connections stay. ${NEGATIVE_ANSWERS}`,
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/best-practices-dns.html",
  );
  return judge(change, rollouts);
};

export const EDGE_JUDGES: Readonly<Record<string, Judge>> = {
  aws_cloudfront_distribution: whenGone(
    "outage",
    "The distribution and its address go.",
    "The distribution goes, with every connection; the new one has another address and takes minutes to deploy.",
  ),
  aws_route53_record: record,
  aws_route53_zone: whenGone(
    "outage",
    "No name of the zone is found.",
    "No name is found until the new zone's name servers are at the registrar.",
  ),
};
