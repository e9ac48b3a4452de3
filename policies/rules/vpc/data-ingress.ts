import { type Configuration } from "../../configuration";
import { finding } from "../../finders";
import { type Resource } from "../../resource";
import { Rule, type Finding } from "../../rule";
import { cidrBlocksOf, groupOf, isPort, trafficOf, trafficTypes, type Traffic } from "../../security-groups";
import { isTemplate, numberOf } from "../../template-text";

const GROUPS: Readonly<Record<string, string>> = {
  aws_db_instance: "vpc_security_group_ids",
  aws_rds_cluster: "vpc_security_group_ids",
  aws_elasticache_replication_group: "security_group_ids",
  aws_elasticache_serverless_cache: "security_group_ids",
};

/** Returns the data store's port, or its engine's default port. Source: RDS and ElastiCache user guides. */
function portOf(store: Resource): number | undefined {
  const named = store.value("port");
  if (isTemplate(named)) return undefined;
  if (numberOf(named) !== undefined) return numberOf(named);
  if (store.type.startsWith("aws_elasticache")) return 6379;
  const engine = String(store.value("engine"));
  return engine.includes("postgres") ? 5432 : engine.includes("mysql") || engine === "mariadb" ? 3306 : undefined;
}

function groupsOf(store: Resource, configuration: Configuration): readonly Resource[] {
  const ids = store.list(GROUPS[store.type]!) ?? [];
  return ids.flatMap((id) => configuration.referenced(id)).filter(({ type }) => type === "aws_security_group");
}

function ingressOf(group: Resource, configuration: Configuration): readonly Traffic[] {
  return configuration
    .resources(...trafficTypes("ingress"))
    .flatMap((resource) => trafficOf(resource, "ingress"))
    .filter((traffic) => groupOf(traffic, configuration) === group);
}

function findingsOf(traffic: Traffic, port: number | undefined): Finding[] {
  const where = `${traffic.resource.address}.${traffic.prefix}`;
  const blocks = cidrBlocksOf(traffic).filter((block) => !isTemplate(block));
  const addresses =
    blocks.length > 0 ? [finding(`${where}cidr`, "a referenced security group", blocks.join(", "))] : [];
  // Serverless caches also serve reads on port 6380. Source: ElastiCache user guide, "Security groups: serverless".
  const fits = port === undefined || isPort(traffic, port) || isServerlessPortPair(traffic, port);
  const { from_port: from, to_port: to } = traffic.body;
  return [
    ...addresses,
    ...(fits ? [] : [finding(`${where}from_port`, `port ${port} alone`, `${String(from)} to ${String(to)}`)]),
  ];
}

function isServerlessPortPair({ body }: Traffic, port: number): boolean {
  return port === 6379 && numberOf(body["from_port"]) === 6379 && numberOf(body["to_port"]) === 6380;
}

export const vpcDataIngress = new Rule({
  id: "vpc-data-ingress",
  severity: "error",
  types: [
    "aws_db_instance",
    "aws_rds_cluster",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
  ],
  controls: [],
  reason: "The clients of a data store are known; a CIDR block admits any client that gets an address in it.",
  remedy: "Allow only referenced security groups, on the engine's port.",
  find: (store, configuration) => {
    const port = portOf(store);
    return groupsOf(store, configuration)
      .flatMap((group) => ingressOf(group, configuration))
      .flatMap((traffic) => findingsOf(traffic, port));
  },
});
