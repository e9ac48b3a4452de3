import { findings, parseFindings, unknownAddresses } from "../../../tools/plan-report/findings";
import { destroy, inputOf, planWith, reportOf, storedPlan, update } from "./plans";

const report = reportOf(inputOf(storedPlan("database-replaced")));
const found = (list: string, accepted: readonly string[] = []) =>
  findings(report, parseFindings(list), accepted).map(({ finding, address }) => `${finding} ${address.split(".")[0]}`);

it("finds only what it is told to look for", () => {
  expect(found("")).toEqual([]);
  expect(found("outage")).toEqual(["outage aws_db_instance"]);
  expect(found("data-loss,drift")).toEqual([
    "data-loss aws_db_instance",
    "data-loss aws_elasticache_replication_group",
    "data-loss aws_cloudwatch_log_group",
    "data-loss aws_cloudwatch_log_group",
  ]);
  expect(found("interruption")).toHaveLength(3);
  expect(found("changes")).toHaveLength(9);
});

it("leaves out what is accepted by its address", () => {
  const accepted = report.stacks[0]!.dataLosses.map(({ address }) => address).slice(1);
  expect(found("data-loss", accepted)).toEqual(["data-loss aws_db_instance"]);
  expect(unknownAddresses(report, [...accepted, "aws_db_instance.misspelt"])).toEqual(["aws_db_instance.misspelt"]);
});

it("counts refused deletions and copies as lost, and removed protection not", () => {
  const more = reportOf(
    inputOf(
      planWith([
        destroy("aws_db_instance.x", { deletion_protection: true }),
        update("aws_lb.x", { enable_deletion_protection: true }, { enable_deletion_protection: false }),
      ]),
    ),
  );
  expect(findings(more, parseFindings("data-loss"), []).map(({ address }) => address)).toEqual(["aws_db_instance.x"]);
});

it("refuses a word that is none", () => {
  expect(() => parseFindings("dataloss")).toThrow(/^--fail-on: expected data-loss, outage, .*, got dataloss\.$/);
});
