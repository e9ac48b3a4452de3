import { type AppliedResources } from "../../terraform/applied-resources";
import { type Cache, type Database } from "./topology";

/** Reads the RDS instance or the Aurora cluster; `undefined` when the stack has none. */
export function readDatabase(resources: AppliedResources): Database | undefined {
  const instance = resources.all("aws_db_instance")[0];
  const cluster = resources.all("aws_rds_cluster")[0];
  const database = instance ?? cluster;
  if (database === undefined) return undefined;
  const [secret] = database.blocks("master_user_secret");
  return {
    engine: database.text("engine"),
    engineVersion: database.text("engine_version"),
    host: database.text(instance ? "address" : "endpoint"),
    port: database.number("port"),
    name: database.text(instance ? "db_name" : "database_name"),
    masterUser: database.text(instance ? "username" : "master_username"),
    masterSecretArn: secret?.text("secret_arn"),
  };
}

/** Reads the replication group or the serverless cache; `undefined` when the stack has none. */
export function readCache(resources: AppliedResources): Cache | undefined {
  const user = resources.all("aws_elasticache_user").find((candidate) => candidate.text("user_name") !== "default");
  const accessString = user?.text("access_string");
  const group = resources.all("aws_elasticache_replication_group")[0];
  if (group) {
    if (group.flag("cluster_enabled")) throw group.wrong("cluster_enabled", "false: the twin runs one Redis");
    return {
      engine: group.text("engine"),
      engineVersion: group.text("engine_version"),
      host: group.text("primary_endpoint_address"),
      port: group.number("port"),
      tls: group.flag("transit_encryption_enabled"),
      accessString,
    };
  }
  const serverless = resources.all("aws_elasticache_serverless_cache")[0];
  if (serverless === undefined) return undefined;
  const endpoint = serverless.block("endpoint");
  return {
    engine: serverless.text("engine"),
    engineVersion: serverless.text("major_engine_version"),
    host: endpoint.text("address"),
    port: endpoint.number("port"),
    tls: true,
    accessString,
  };
}
