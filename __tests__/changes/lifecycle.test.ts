import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Template } from "../helpers/template";
import { everyResource } from "./every-resource";
import { LIFECYCLE, type Order } from "./lifecycle-table";
import { ordersOf } from "./orders";

const MODULES = join(__dirname, "..", "..", "modules");

let template: Template;

beforeAll(() => {
  template = everyResource();
});

/** Lists the resource types that the sources create: `modules` imports each from a file of its own. */
function importedTypes(): string[] {
  const sources = readdirSync(MODULES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const imports = sources.flatMap((file) => [
    ...readFileSync(join(MODULES, file), "utf8").matchAll(/provider-aws\/lib\/([a-z0-9-]+)"/g),
  ]);
  return [...new Set(imports.map(([, folder]) => `aws_${folder!.replaceAll("-", "_")}`))].sort();
}

it("gives for each resource type of each module the order in which Terraform replaces it, and the reason", () => {
  const table = Object.fromEntries(
    Object.entries(LIFECYCLE).map(([module, rows]) => [
      module,
      Object.fromEntries(Object.entries(rows).map(([type, { order }]) => [type, order])),
    ]),
  );
  expect(ordersOf(template)).toEqual(table);
});

it("knows every resource type that a module imports", () => {
  const known = new Set(Object.values(LIFECYCLE).flatMap((rows) => Object.keys(rows)));
  expect(importedTypes().filter((type) => !known.has(type))).toEqual([]);
});

it("sees an order that a module no longer sets", () => {
  const broken = structuredClone(template.json);
  for (const block of Object.values(broken.resource!["aws_wafv2_ip_set"]!)) delete block["lifecycle"];
  const order: Order = "inherited";
  expect(ordersOf({ json: broken } as Template)["waf"]!["aws_wafv2_ip_set"]).toBe(order);
});

describe("what holds data or a name that is taken", () => {
  const NEVER_CREATED_FIRST = [
    "aws_cloudfront_distribution",
    "aws_db_instance",
    "aws_db_proxy",
    "aws_db_subnet_group",
    "aws_ecr_repository",
    "aws_ecs_cluster",
    "aws_ecs_service",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
    "aws_elasticache_subnet_group",
    "aws_iam_role_policy",
    "aws_kms_alias",
    "aws_rds_cluster",
    "aws_rds_cluster_instance",
    "aws_route_table_association",
    "aws_wafv2_web_acl_association",
  ];

  it.each(NEVER_CREATED_FIRST)("%s is created first in no module, however much depends on it", (type) => {
    const orders = Object.values(ordersOf(template)).flatMap((types) => types[type] ?? []);
    expect(orders.length).toBeGreaterThan(0);
    expect(orders.filter((order) => order !== "old first")).toEqual([]);
  });
});
