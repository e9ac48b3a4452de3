import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROFILE_NAMES } from "../../../environments/profiles";
import { type ProfileName } from "../../../environments/schema";
import { dollars } from "../../../tools/render/money";
import { ROOT } from "../../helpers/run-program";
import { billOf, rows, planJson } from "./helpers";

/** Common to all three: the load balancer in three zones, the web ACL, monitoring, the secrets and the key. */
const ALWAYS = {
  "aws_lb: load balancer": 1774, // 730 × 0.0243
  "aws_lb: public IPv4 in 3 zones": 1095, // 3 × 730 × 0.005
  "aws_wafv2_web_acl: web ACL": 500,
  "aws_wafv2_web_acl: 9 rules and rule groups": 900,
  "aws_cloudwatch_metric_alarm: alarm on 2 metrics": 60,
  "aws_cloudwatch_dashboard: dashboard": 300,
  "aws_cloudwatch_log_metric_filter: 6 metrics of the app's own": 180,
  "aws_secretsmanager_secret: secret": 160,
  "aws_kms_key: key": 100,
};

/** By hand, from the list prices of Tokyo: 730 hours a month, each row rounded to the cent. */
const FIXED: Readonly<Record<ProfileName, Readonly<Record<string, number>>>> = {
  small: {
    ...ALWAYS,
    "aws_db_instance: db.t4g.small, two zones": 7373, // 730 × 0.101
    "aws_db_instance: gp3 storage, two zones": 552, // 20 GB × 0.276
    "aws_db_instance: secret of the master user, managed by RDS": 40,
    "aws_elasticache_replication_group: 2 × cache.t4g.small": 5723, // 2 × 730 × 0.0392
    "aws_nat_gateway: NAT gateway": 4526, // 730 × 0.062
    "aws_eip: public IPv4 address": 365,
    "aws_ecs_service: vCPU of 2 tasks": 1476, // 2 × 0.25 × 730 × 0.04045
    "aws_ecs_service: memory of 2 tasks": 323, // 2 × 0.5 × 730 × 0.00442
  },
  standard: {
    ...ALWAYS,
    "aws_db_instance: db.m7g.large, two zones": 34_310, // 730 × 0.47
    "aws_db_instance: gp3 storage, two zones": 2760, // 100 GB × 0.276
    "aws_db_instance: secret of the master user, managed by RDS": 40,
    "aws_elasticache_replication_group: 2 × cache.m7g.large": 23_594, // 2 × 730 × 0.1616
    "aws_nat_gateway: NAT gateway": 13_578, // 3 × 45.26
    "aws_eip: public IPv4 address": 1095, // 3 × 3.65
    "aws_ecs_service: vCPU of 2 tasks": 5906, // 2 × 730 × 0.04045
    "aws_ecs_service: memory of 2 tasks": 1291, // 2 × 2 × 730 × 0.00442
  },
  enterprise: {
    ...ALWAYS,
    "aws_rds_cluster: 3 instances at the minimum of 2 ACU": 65_700, // 3 × 2 × 730 × 0.15
    "aws_rds_cluster: secret of the master user, managed by RDS": 40,
    "aws_elasticache_replication_group: 6 × cache.m7g.large": 70_781, // 6 × 730 × 0.1616
    "aws_nat_gateway: NAT gateway": 13_578,
    "aws_eip: public IPv4 address": 1095,
    "aws_ecs_service: vCPU of 6 tasks": 17_717, // 6 × 730 × 0.04045
    "aws_ecs_service: memory of 6 tasks": 3872, // 6 × 2 × 730 × 0.00442
  },
};

/** Alarms at 10 cents each. */
const ALARM = "aws_cloudwatch_metric_alarm: alarm";

const ALARMS: Readonly<Record<ProfileName, number>> = { small: 37, standard: 37, enterprise: 65 };

it.each(PROFILE_NAMES)("%s costs what was computed by hand, to the cent, and what the README states", (profile) => {
  const bill = billOf(planJson(profile));
  expect(rows(bill, "fixed")).toEqual({ ...FIXED[profile], [ALARM]: 10 * ALARMS[profile] });
  const sum = Object.values(FIXED[profile]).reduce((total, cents) => total + cents, 0);
  expect(bill.fixedCents).toBe(sum + 10 * ALARMS[profile]);
  const readme = readFileSync(join(ROOT, "README.md"), "utf8").split("\n");
  expect(readme.find((line) => line.startsWith(`| \`${profile}\``))).toContain(` ${dollars(bill.fixedCents)} |`);
});
