import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

/** What leaves snapshots or backups behind that are encrypted with its key. */
const DATA = [
  "aws_db_instance",
  "aws_rds_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
] as const;

const isProtected = attribute("lifecycle.prevent_destroy", "true", isOn);

export const kmsDeletionProtection = new Rule({
  id: "kms-deletion-protection",
  severity: "error",
  tiers: ["production"],
  types: ["aws_kms_key"],
  controls: [],
  reason:
    "Final snapshots and retained backups outlive their database, but nobody can read them once the deletion of their key is scheduled.",
  remedy: "Set lifecycle.prevent_destroy to true.",
  find: (key, configuration) => {
    const data = configuration.resources(...DATA);
    const encrypts = data.some(({ body }) => configuration.referenced(body["kms_key_id"]).includes(key));
    return encrypts ? isProtected(key, configuration) : [];
  },
});
