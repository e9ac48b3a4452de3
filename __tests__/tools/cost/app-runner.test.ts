import { billOf, planOf, rows } from "./helpers";

const plan = planOf({
  "aws_apprunner_service.service": { instance_configuration: [{ cpu: "1024", memory: "2048" }] },
  "aws_apprunner_auto_scaling_configuration_version.scaling": { min_size: 1, max_size: 1, max_concurrency: 200 },
  "aws_apprunner_vpc_connector.connector": {},
});

it("bills the memory of an idle instance, as the guide's table says", () => {
  const bill = billOf(plan, { connections: 0, messagesPerSec: 0, requestsPerSec: 0 });
  // 2 GB × 730 × 0.009
  expect(rows(bill, "fixed")).toEqual({ "aws_apprunner_service: memory of 1 instance": 1314 });
  expect(rows(bill, "usage")).toEqual({});
});

it("bills its CPU all month as soon as one client polls", () => {
  const bill = billOf(plan, { connections: 1, messagesPerSec: 0, requestsPerSec: 0 });
  // 730 × 0.081
  expect(rows(bill, "usage")).toEqual({ "aws_apprunner_service: CPU of 1 instance, while clients poll": 5913 });
  expect(bill.totalCents).toBe(7227);
});

it("lists what has no price", () => {
  expect(billOf(plan).unpriced.map(({ item }) => item)).toEqual(["log data"]);
});
