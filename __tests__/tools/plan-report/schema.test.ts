import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type PlanReport } from "../../../tools/plan-report/report";
import { reportSchema } from "../../../tools/plan-report/report-schema";
import { ROOT } from "../../helpers/run-program";
import { changeOf, inputOf, planWith, reportOf, storedPlan } from "./plans";

const FILE = join(ROOT, "tools/plan-report/report.schema.json");

/** A field that the schema lacks does not compile; one that the report lacks is refused when a report is parsed. */
const asReport = (parsed: z.infer<typeof reportSchema>): PlanReport => parsed;

it("describes the reports of stored plans", () => {
  const moved = changeOf("aws_lb.x", ["no-op"], { importing: { id: "x" } }, { previous_address: "aws_lb.y" });
  const report = reportOf(
    inputOf(storedPlan("database-replaced")),
    inputOf(storedPlan("empty"), { stack: "other", policies: { tier: "production", rules: [] } }),
    inputOf(planWith([moved]), { stack: "moved" }),
    inputOf(undefined, { stack: "failed", diagnostics: [{ severity: "error", summary: "x" }] }),
  );
  const json: unknown = JSON.parse(JSON.stringify(report));
  expect(asReport(reportSchema.parse(json))).toEqual(json);
});

it("is published as JSON Schema (to update: UPDATE_SCHEMA=1)", () => {
  const text = `${JSON.stringify(z.toJSONSchema(reportSchema), undefined, 2)}\n`;
  if (process.env["UPDATE_SCHEMA"]) writeFileSync(FILE, text);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(JSON.parse(text));
});
