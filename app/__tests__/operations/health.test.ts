import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { contract } from "../../contract";
import { createHealth } from "../../server/operations/health";

const state = { draining: false, adapter: true, database: (): Promise<void> => Promise.resolve(), asked: 0 };
const health = createHealth({
  isDraining: () => state.draining,
  isAdapterConnected: () => state.adapter,
  pingDatabase: () => {
    state.asked += 1;
    return state.database();
  },
});
const server = createServer((request, response) => void (health(request, response) || response.end("none")));
let url: string;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => jest.spyOn(performance, "now").mockReturnValue((clock += 60_000)));
afterEach(() => {
  jest.restoreAllMocks();
  Object.assign(state, { draining: false, adapter: true, database: () => Promise.resolve(), asked: 0 });
});
afterAll(() => server.close());

let clock = 1e9;

async function probe(path: string): Promise<[number, string]> {
  const answer = await fetch(url + path);
  const { status } = (await answer.json()) as { status: string };
  return [answer.status, status];
}

it("row 36: reports a task without Redis as ready, but degraded", async () => {
  state.adapter = false;
  expect(await probe(contract.container.health.readinessPath)).toEqual([200, "degraded"]);
  expect(await probe(contract.container.health.path)).toEqual([200, "ok"]);
});

it("row 38: reports a task without its database as not ready, but alive and healthy", async () => {
  state.database = () => Promise.reject(new Error("away"));
  expect(await probe(contract.container.health.readinessPath)).toEqual([503, "unavailable"]);
  expect(await probe(contract.container.health.livenessPath)).toEqual([200, "ok"]);
  expect(await probe(contract.container.health.path)).toEqual([200, "ok"]);
});

it("row 42: fails as soon as the task drains, while the process is alive", async () => {
  state.draining = true;
  expect(await probe(contract.container.health.path)).toEqual([503, "draining"]);
  expect(await probe(contract.container.health.readinessPath)).toEqual([503, "draining"]);
  expect(await probe(contract.container.health.livenessPath)).toEqual([200, "ok"]);
});

it("pings the database once for many checks", async () => {
  await Promise.all(Array.from({ length: 50 }, () => probe(contract.container.health.readinessPath)));
  expect(state.asked).toBe(1);
  jest.spyOn(performance, "now").mockReturnValue((clock += 60_000));
  await probe(contract.container.health.readinessPath);
  expect(state.asked).toBe(2);
});

it("does not handle other paths", async () => {
  for (const path of ["/", "/api/healthy", "/api/conversations"]) {
    expect(await (await fetch(url + path)).text()).toBe("none");
  }
});
