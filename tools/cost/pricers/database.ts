import { block, number, text } from "../../terraform/values";
import { type Resource } from "../../terraform/plan";
import { type Context, type Ledger } from "../pricer";

/** Returns the price id of an instance class: `db.m7g.large` -> `rds.pg.m7g.large`. */
function instancePrice(resource: Resource, source: Resource, suffix: string): string {
  const engine = text(source.values, "engine") === "postgres" ? "pg" : (text(source.values, "engine") ?? "unknown");
  return `rds.${engine}.${(text(resource.values, "instance_class") ?? "").replace(/^db\./, "")}${suffix}`;
}

/** Returns the source of a read replica: a plan has engine and storage there only. */
function sourceOf(resource: Resource, { plan }: Context): Resource {
  return plan.referred(resource, "replicate_source_db", "aws_db_instance")[0] ?? resource;
}

export function priceDatabaseInstance(resource: Resource, context: Context, bill: Ledger): void {
  const source = sourceOf(resource, context);
  const multiAz = resource.values["multi_az"] === true;
  const suffix = multiAz ? ".maz" : "";
  const where = multiAz ? ", two zones" : "";
  bill.hourly(`${text(resource.values, "instance_class")}${where}`, instancePrice(resource, source, suffix), 1);
  const storage = text(resource.values, "storage_type") ?? "gp2";
  const allocated = number(source.values, "allocated_storage");
  if (allocated === undefined) bill.missing(`${storage} storage`, "its size is not in the plan");
  else bill.add(`${storage} storage${where}`, `rds.${storage}${suffix}`, allocated, "fixed");
  if (resource.values["manage_master_user_password"] === true) {
    bill.add("secret of the master user, managed by RDS", "sm.secret", 1, "fixed");
  }
  if (number(resource.values, "monitoring_interval")) {
    bill.missing("Enhanced Monitoring", "billed as log data by instance and interval; no rate in the list");
  }
}

export function priceDatabaseProxy(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing(
    "RDS Proxy",
    "billed by the hour for each vCPU of its database, or each ACU, 8 at least; no rate in the list",
  );
}

export function priceProxyEndpoint(_resource: Resource, _context: Context, bill: Ledger): void {
  bill.missing("endpoint for readers", "billed as an interface endpoint in each of its zones, by RDS's own list");
}

/** Aurora's storage and requests; the capacity is on its instances. */
export function priceAuroraCluster(resource: Resource, { load, plan }: Context, bill: Ledger): void {
  const optimized = text(resource.values, "storage_type") === "aurora-iopt1";
  bill.add("storage", optimized ? "aurora.storage.ioopt" : "aurora.storage", load.databaseGiB, "usage");
  const scaling = block(resource.values, "serverlessv2_scaling_configuration");
  const minAcu = number(scaling, "min_capacity");
  const instances = plan
    .ofType("aws_rds_cluster_instance")
    .filter((instance) => plan.referred(instance, "cluster_identifier", "aws_rds_cluster").includes(resource)).length;
  if (minAcu === undefined) bill.missing("capacity", "only Serverless v2 is modelled");
  else {
    const price = optimized ? "aurora.slv2.acu.ioopt" : "aurora.slv2.acu";
    bill.hourly(`${instances} instances at the minimum of ${minAcu} ACU`, price, minAcu * instances);
  }
  if (!optimized) bill.missing("I/O requests", "depend on the working set; aurora.io has the price of a million");
  if (resource.values["manage_master_user_password"] === true) {
    bill.add("secret of the master user, managed by RDS", "sm.secret", 1, "fixed");
  }
}
