import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROFILE_NAMES } from "../../../environments/profiles";
import { type ContractList } from "../../helpers/contract-list";
import { ROOT } from "../../helpers/run-program";
import { planJson } from "./helpers";

const UPDATE = "node --import tsx __tests__/programs/cost-fixtures.ts";

it.each([
  ["dev", "messenger-crm-dev"],
  ["prod", "messenger-crm-prod"],
  ...PROFILE_NAMES.map((name) => [name, `profile-${name}`] as const),
] as const)(`bills the %s that is synthesized today (to update after a change to a stack: ${UPDATE})`, (name, list) => {
  const file = join(ROOT, `__tests__/stacks/contracts/${list}.json`);
  const { addresses } = JSON.parse(readFileSync(file, "utf8")) as ContractList;
  const planned = planJson(name).planned_values?.root_module?.resources ?? [];
  expect(planned.map(({ address }) => address).sort()).toEqual([...addresses].sort());
});
