import {
  CreateLogGroupCommand,
  DescribeMetricFiltersCommand,
  PutMetricFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { type Clients, clients } from "../../helpers/aws-clients";

const LINES = [
  "[WebSocket] Client connected id=1",
  "[WebSocket] Client disconnected id=1",
  "Client connected without a prefix",
  "WebSocket Client connected",
];

describe("filter patterns have the meaning that CloudWatch Logs gives them", () => {
  let simulator: AwsSimulator;
  let aws: Clients;

  beforeAll(async () => {
    simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
    aws = clients(simulator.endpoint);
  });

  afterAll(() => simulator?.stop());

  async function matches(filterPattern: string, logEventMessages: string[] = LINES): Promise<number[]> {
    const answer = await aws.logs.send(new TestMetricFilterCommand({ filterPattern, logEventMessages }));
    return (answer.matches ?? []).map(({ eventNumber = 0 }) => Number(eventNumber));
  }

  it("finds brackets only with double quotes inside the pattern", async () => {
    expect(await matches('"[WebSocket] Client connected"')).toEqual([1]);
    await expect(matches("[WebSocket] Client connected")).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("read as space-delimited fields") as unknown,
    });
    expect(await matches("[WebSocket]")).toEqual([]);
  });

  it.each([
    ["", [1, 2, 3, 4]],
    ["Client connected", [1, 2, 3, 4]],
    ['"Client connected"', [1, 3, 4]],
    ['Client -"Client connected"', [2]],
    ["?disconnected ?without", [2, 3]],
    ['WebSocket -"[WebSocket]"', [4]],
  ])("terms: %s", async (pattern, expected) => {
    expect(await matches(pattern)).toEqual(expected);
  });

  it.each([
    ["[kind, ...]", [1, 2, 3]],
    ["[kind, status = 4*, ms]", [1]],
    ["[kind, status, ms > 100]", [3]],
    ["[kind != GET, ...]", [2]],
    ["[..., ms < 60]", [1]],
    ["[kind = GET && kind != POST, status = 404 || status = 500, ms]", [1, 3]],
  ])("space-delimited: %s", async (pattern, expected) => {
    expect(await matches(pattern, ["GET 404 50", 'POST "two words" 60', "GET 500 200"])).toEqual(expected);
  });

  it.each([
    ['{ $.level = "error" }', [1]],
    ["{ ($.status >= 500) && ($.level = e*) }", [1]],
    ['{ $.user.id = 7 || $.level = "info" }', [2, 3]],
    ["{ $.user NOT EXISTS }", [1, 3]],
    ["{ $.tags[0] = a }", [2]],
    ["{ $.ok IS TRUE }", [2]],
  ])("JSON: %s", async (pattern, expected) => {
    const lines = [
      { level: "error", status: 503 },
      { level: "warn", user: { id: 7 }, tags: ["a"], ok: true },
      { level: "info", ok: "true" },
    ];
    expect(await matches(pattern, [...lines.map((line) => JSON.stringify(line)), "not json"])).toEqual(expected);
  });

  it.each(["[ERROR", "{ $.level =", "half-quoted", '"open', "[a, b > many]", "{ level = 1 }"])(
    "refuses %s",
    async (pattern) => {
      await expect(matches(pattern)).rejects.toMatchObject({ name: "InvalidParameterException" });
    },
  );

  it("a filter needs its log group, and a second put replaces the first", async () => {
    const filter = (filterPattern: string): PutMetricFilterCommand =>
      new PutMetricFilterCommand({
        filterName: "connects",
        logGroupName: "/app",
        filterPattern,
        metricTransformations: [{ metricName: "m", metricNamespace: "n", metricValue: "1" }],
      });
    await expect(aws.logs.send(filter("a"))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await aws.logs.send(new CreateLogGroupCommand({ logGroupName: "/app" }));
    await aws.logs.send(filter("a"));
    await aws.logs.send(filter("b"));
    const { metricFilters = [] } = await aws.logs.send(new DescribeMetricFiltersCommand({ logGroupName: "/app" }));
    expect(metricFilters.map(({ filterPattern }) => filterPattern)).toEqual(["b"]);
  });
});
