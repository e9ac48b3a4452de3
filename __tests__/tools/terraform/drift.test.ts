import { driftOf, renderDrift } from "../../../tools/terraform/drift";
import { type PlanJson } from "../../../tools/terraform/plan-json";

const plan: PlanJson = {
  resource_changes: [
    { address: "aws_vpc.main", change: { actions: ["no-op"], before: { id: "a" }, after: { id: "a" } } },
    { address: "data.aws_region.here", change: { actions: ["read"], before: null, after: {} } },
    {
      address: "aws_ecs_service.app",
      change: {
        actions: ["delete", "create"],
        before: { id: "x", name: "app", strategy: [{ base: 1 }, { base: 0 }], alarms: [] },
        after: { name: "app", strategy: [{ base: 1 }, { base: 2 }], alarms: [{ enable: true }] },
        after_unknown: { id: true, strategy: [{}, {}] },
      },
    },
  ],
};

test("names each attribute that a plan wants to change", () => {
  expect(driftOf(plan)).toEqual([
    {
      address: "aws_ecs_service.app",
      actions: ["delete", "create"],
      attributes: ["alarms[0]", "id", "id (known after apply)", "strategy[1].base"],
    },
  ]);
});

test("prints one line per resource", () => {
  expect(renderDrift([{ address: "aws_x.y", actions: ["update"], attributes: ["a.b", "c[0]"] }])).toBe(
    "  aws_x.y (update): a.b, c[0]",
  );
});

test("a plan without changes has no drift", () => {
  expect(driftOf({})).toEqual([]);
});
