import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ProfileName } from "../../../environments/schema";
import { type Bill, computeBill } from "../../../tools/cost/bill";
import { DEFAULT_LOAD, type Load } from "../../../tools/prices/load";
import { Plan } from "../../../tools/terraform/plan";
import { type PlanJson } from "../../../tools/terraform/plan-json";
import { type Values } from "../../../tools/terraform/values";
import { PriceList } from "../../../tools/prices/price-list";

export const REGION = "ap-northeast-1";

/** The prices of 2026-11-23: bills computed by hand must stay right when `make prices` updates the list. */
export const PRICES = join(__dirname, "fixtures/prices.json");

/** The reduced plan of an environment or a profile: every resource, with the attributes that its price depends on. */
export function planJson(environment: "dev" | "prod" | ProfileName): PlanJson {
  return JSON.parse(readFileSync(join(__dirname, "fixtures", `${environment}.plan.json`), "utf8")) as PlanJson;
}

export function billOf(shown: PlanJson, load: Partial<Load> = {}, region = REGION): Bill {
  const plan = new Plan(shown);
  const prices = PriceList.read(region, PRICES);
  return computeBill({ environment: "test", region, plan, load: { ...DEFAULT_LOAD, ...load }, prices });
}

/** Returns a plan that consists of these resources, by address. */
export function planOf(
  resources: Readonly<Record<string, Values>>,
  references: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {},
): PlanJson {
  return {
    planned_values: {
      root_module: {
        resources: Object.entries(resources).map(([address, values]) => ({
          address,
          mode: "managed",
          type: address.split(".")[0]!,
          values,
        })),
      },
    },
    configuration: {
      root_module: {
        resources: Object.entries(references).map(([address, attributes]) => ({
          address,
          expressions: Object.fromEntries(Object.entries(attributes).map(([key, list]) => [key, { references: list }])),
        })),
      },
    },
  };
}

/** Returns the cents of each row by type and item, adding up rows of the same name. */
export function rows(bill: Bill, kind: "fixed" | "usage"): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of bill.lines.filter((entry) => entry.kind === kind)) {
    const key = `${line.type}: ${line.item}`;
    sums[key] = (sums[key] ?? 0) + line.cents;
  }
  return sums;
}
