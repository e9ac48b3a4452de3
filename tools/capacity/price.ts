import { loadOf } from "./demand";
import { TASK } from "./classes";
import { type Size } from "./size";
import { egressGb, requestsPerMonth } from "../prices/load";
import { capacityUnitsAt } from "../prices/load-balancer-capacity";
import { type PriceList } from "../prices/price-list";

/** One row of the monthly cost of all cells. */
export interface Row {
  readonly item: string;
  readonly cents: number;
}

const ZONES = 3;
const CACHE_NODES = 2;
const DATABASE_GIB = 100;
/** Rules of the web ACL in the `standard` profile. */
const FIREWALL_RULES = 9;

/**
 * Prices a size by list prices, rounded to the cent for each cell. Volume discounts, logs, alarms and people are not included.
 * @throws Error when the list lacks a price that the model needs
 */
export function priceOf({ cells, cell }: Size, prices: PriceList): Row[] {
  const usd = (id: string) => {
    const price = prices.find(id);
    if (!price) throw new Error(`prices: expected ${id} in the list for this region.`);
    return price.usd;
  };
  const month = prices.hoursPerMonth;
  const load = loadOf(cell.demand);
  const parts: [item: string, usd: number][] = [
    ["tasks", cell.tasks * month * (TASK.vcpu * usd("fargate.arm.vcpu") + TASK.memoryGb * usd("fargate.arm.gb"))],
    ["load balancers", month * (usd("alb.hour") + ZONES * usd("ipv4.hour") + capacityUnitsAt(load) * usd("alb.lcu"))],
    ["cache", CACHE_NODES * month * usd("ec.valkey.m7g.large")],
    ["database", month * cell.database.larges * usd("rds.pg.m7g.large.maz") + DATABASE_GIB * usd("rds.gp3.maz")],
    ["NAT gateways", ZONES * month * (usd("nat.hour") + usd("ipv4.hour"))],
    ["data out to the internet", egressGb(load) * usd("dto.internet")],
    ["firewall", usd("waf.acl") + FIREWALL_RULES * usd("waf.rule") + (requestsPerMonth(load) / 1e6) * usd("waf.req")],
  ];
  return parts.map(([item, amount]) => ({ item, cents: cells * Math.round(amount * 100) }));
}

export function totalOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { cents }) => sum + cents, 0);
}
