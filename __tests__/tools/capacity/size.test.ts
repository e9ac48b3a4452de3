import { QUIET } from "../../../tools/capacity/demand";
import { readMeasured } from "../../../tools/capacity/measured";
import { priceOf, totalOf } from "../../../tools/capacity/price";
import { cellFor, holds, limitsInOrder, sizeFor, tasksFor } from "../../../tools/capacity/size";
import { DEFAULT_LOAD } from "../../../tools/prices/load";
import { PriceList } from "../../../tools/prices/price-list";
import { billOf, PRICES, REGION, rows, planJson } from "../cost/helpers";

/** Round figures, so that every case can be computed by hand. */
const MEASURED = {
  messageUs: 1040,
  handshakeUs: 500,
  connectionBytes: 10_000,
  baseBytes: 100_000_000,
  bootSec: 5,
  tasks: 2,
  machine: "a sheet of paper",
};
/** Load from messages only: no client connects or disconnects. */
const still = { ...QUIET, handshakesPerConnection: 0, requestsPerConnection: 0 };
const sending = (connections: number, messagesPerSec: number) => ({
  ...still,
  connections,
  messagesPerConnection: messagesPerSec / connections,
});
const use = (cell: ReturnType<typeof cellFor>, limit: string) => cell.uses.find((one) => one.limit === limit)!.used;

describe("tasks", () => {
  it.each<[string, ReturnType<typeof sending>, number]>([
    ["two at least, since one is an outage at every failure", sending(1, 0), 2],
    ["one for each 5,000 connections", sending(100_001, 0), 21],
    // 1,000 µs shared + 20 on each: 5,000 × 0.001 / (0.7 − 5,000 × 0.00002) = 5 / 0.6
    ["so many that messages leave none above 70 %", sending(1000, 5000), 9],
  ])("%s", (_title, demand, tasks) => {
    expect(tasksFor(demand, MEASURED)).toBe(tasks);
  });

  it("counts handshakes as work", () => {
    // 5,600 a second × 0.0005 = 2.8 cores of 0.7 each
    const demand = { ...sending(5600, 0), handshakesPerConnection: 1 };
    expect(tasksFor(demand, MEASURED)).toBe(4);
  });

  it("puts fewer connections on a task when each needs more memory", () => {
    // 0.8 × 2 GiB − 100 MB = 1,617,986,918 bytes: 1,617 connections of 1 MB
    expect(tasksFor(sending(3234, 0), { ...MEASURED, connectionBytes: 1_000_000 })).toBe(2);
    expect(tasksFor(sending(3235, 0), { ...MEASURED, connectionBytes: 1_000_000 })).toBe(3);
  });

  it("finds no number of tasks when inspecting every message takes all CPU", () => {
    expect(holds(cellFor(sending(1000, 34_000), MEASURED))).toBe(false);
    // 35,000 × 20 µs = 0.7
    expect(use(cellFor(sending(1000, 35_000), MEASURED), "every task looks at every message")).toBeCloseTo(1, 9);
  });
});

describe("limits of a cell", () => {
  const cell = cellFor(sending(100_000, 500), MEASURED);

  it.each([
    // 500 × (10 + 20 × 10) µs = 0.105 of 0.7
    ["Redis's one thread", 0.15],
    // 500 × 600 bytes × 20 tasks = 6 MB of 117
    ["network of the cache node", 6 / 117],
    // 20 × 2 × 10 = 400 of 8 GiB / 9,531,392 = 901.2
    ["connections to the database", 400 / ((8 * 1024 ** 3) / 9_531_392)],
    // 500 of 2 × 1,124 × 0.7
    ["writes of the database", 500 / 1573.6],
    ["targets of a load balancer, in a deploy", 0.04],
    ["tasks of a service", 0.004],
    ["connections to a cache node, in a deploy", 80 / 65_000],
  ])("%s", (limit, used) => {
    expect(use(cell, limit)).toBeCloseTo(used, 9);
  });

  it("chooses the smallest database that fits", () => {
    expect(cell.database.name).toBe("db.m7g.large");
    // 1,600 a second is more than 1,573.6
    expect(cellFor(sending(10_000, 1600), MEASURED).database.name).toBe("db.m7g.xlarge");
    // 50 tasks in a deploy hold 1,000 connections, a large one accepts 901
    expect(cellFor(sending(250_000, 0), MEASURED).database.name).toBe("db.m7g.xlarge");
  });

  it("are listed in the order in which they are reached", () => {
    const order = limitsInOrder({ ...still, messagesPerConnection: 0.001 }, MEASURED);
    // n/1000 × (10 + n/5000 × 10) µs = 0.7 s at 589,000 and a bit; whole tasks make it a little less
    expect(order[0]).toMatchObject({ limit: "Redis's one thread" });
    expect(order[0]!.connections).toBeGreaterThan(580_000);
    expect(order[0]!.connections).toBeLessThan(590_000);
    expect(order.map(({ connections }) => connections)).toEqual(
      order.map(({ connections }) => connections).sort((a, b) => a - b),
    );
    // 5,000 connections to the database are 250 tasks in a deploy
    expect(order.find(({ limit }) => limit === "connections to the database")!.connections).toBe(1_250_000);
  });
});

it.each([1e3, 1e5, 1e6, 1e7])(
  "divides %d connections into the fewest cells that stay below their limits",
  (connections) => {
    const demand = { ...still, connections, messagesPerConnection: 1 / 60 };
    const { cells, cell } = sizeFor(demand, MEASURED);
    expect(holds(cell)).toBe(true);
    expect(cells * cell.demand.connections).toBeGreaterThanOrEqual(connections);
    if (cells === 1) return;
    expect(holds(cellFor({ ...demand, connections: Math.ceil(connections / (cells - 1)) }, MEASURED))).toBe(false);
  },
);

describe("dollars", () => {
  const prices = PriceList.read(REGION, PRICES);

  it("equal those of the real plan of prod for the same parts", () => {
    const { connections } = DEFAULT_LOAD;
    const size = sizeFor({ ...QUIET, connections }, readMeasured());
    const ours = Object.fromEntries(priceOf(size, prices).map(({ item, cents }) => [item, cents]));
    const bill = { ...rows(billOf(planJson("prod")), "fixed"), ...rows(billOf(planJson("prod")), "usage") };
    const of = (...names: string[]) => names.reduce((sum, name) => sum + bill[name]!, 0);
    const differences = [
      ours["tasks"]! - of("aws_ecs_service: vCPU of 2 tasks", "aws_ecs_service: memory of 2 tasks"),
      ours["cache"]! - of("aws_elasticache_replication_group: 2 × cache.m7g.large"),
      ours["database"]! - of("aws_db_instance: db.m7g.large, two zones", "aws_db_instance: gp3 storage, two zones"),
      ours["NAT gateways"]! - of("aws_nat_gateway: NAT gateway", "aws_eip: public IPv4 address"),
    ];
    // The bill rounds each of its rows to the cent.
    for (const cents of differences) expect(Math.abs(cents)).toBeLessThanOrEqual(1);
  });

  it("grow by a whole number of cents per cell", () => {
    const size = sizeFor({ ...QUIET, connections: 1e6 }, readMeasured());
    const one = totalOf(priceOf({ ...size, cells: 1 }, prices));
    expect(totalOf(priceOf({ ...size, cells: 7 }, prices))).toBe(7 * one);
  });
});

it("subtracts the image's memory without connections from its peak", () => {
  const { baseBytes, connectionBytes } = readMeasured();
  expect(connectionBytes).toBeGreaterThan(5000);
  expect(baseBytes).toBeGreaterThan(50e6);
  expect(() => readMeasured("/nowhere/baseline.json")).toThrow(/expected the committed run/);
});
