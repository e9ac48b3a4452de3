import { contract } from "../../contract";
import { Metrics } from "../../server/operations/metrics";
import { SampleReservoir } from "../../server/operations/sample-reservoir";

interface Line {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

const { names } = contract.container.metrics;
const idle = { openConnections: () => 0, adapterConnected: () => false };

function metrics(): { metrics: Metrics; lines: () => Line[] } {
  const lines: string[] = [];
  const made = new Metrics({ service: "messenger-crm-test", write: (line) => void lines.push(line) });
  return { metrics: made, lines: () => lines.map((line) => JSON.parse(line) as Line) };
}

it("reports zeros for an idle task, and no latency without a measurement", () => {
  const { metrics: idler, lines } = metrics();
  idler.report(idle);
  const [line] = lines();
  expect(line).toMatchObject({ [names.openConnections]: 0, [names.messagesAccepted]: 0, [names.adapterConnected]: 0 });
  expect(line).toHaveProperty(names.eventLoopLagMs, 0);
  expect(line).not.toHaveProperty(names.ackLatencyMs);
});

it("writes the embedded metric format with the contract's names", () => {
  const { metrics: busy, lines } = metrics();
  busy.accepted(2);
  busy.accepted(4);
  busy.delivered(3);
  busy.report({ openConnections: () => 7, adapterConnected: () => true });
  const [line] = lines();
  expect(line).toMatchObject({
    Service: "messenger-crm-test",
    [names.openConnections]: 7,
    [names.messagesAccepted]: 2,
    [names.ackLatencyMs]: [2, 4],
    [names.deliveryLatencyMs]: [3],
    [names.adapterConnected]: 1,
  });
  const [directive] = line?._aws.CloudWatchMetrics ?? [];
  expect(directive).toMatchObject({ Namespace: contract.metrics.namespace, Dimensions: [["Service"]] });
  expect(directive?.Metrics.map(({ Name }) => Name).sort()).toEqual(Object.values(names).sort());
});

it("starts over after each report", () => {
  const { metrics: busy, lines } = metrics();
  busy.accepted(1);
  busy.report(idle);
  busy.report(idle);
  expect(lines().map((line) => line[names.messagesAccepted])).toEqual([1, 0]);
});

it("row 46: measures a blocked event loop", async () => {
  const { metrics: blocked, lines } = metrics();
  blocked.start(idle);
  const lags = (): number[] => lines().map((line) => line[names.eventLoopLagMs] as number);
  // On a busy machine a first block was missed once, and why was not found: a monitor that never sees one is what must not be.
  for (let tries = 0; tries < 5 && Math.max(0, ...lags()) <= 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const until = performance.now() + 300;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 50));
    blocked.report(idle);
  }
  blocked.stop(idle);
  expect(Math.max(...lags())).toBeGreaterThan(200);
});

it("keeps a uniform sample of a hundred values", () => {
  const samples = new SampleReservoir();
  for (let i = 0; i < 10_000; i++) samples.add(i);
  const values = samples.take();
  expect(values).toHaveLength(100);
  expect(new Set(values).size).toBe(100);
  // The mean of 100 out of 0..9999 is 5000, give or take 290: ten times that is no accident.
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 100 - 5000)).toBeLessThan(2900);
  expect(samples.take()).toEqual([]);
});
