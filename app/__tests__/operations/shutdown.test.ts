import { contract } from "../../contract";
import { createLog } from "../../server/operations/log";
import { Shutdown } from "../../server/operations/shutdown";

const left: number[] = [];
const log = createLog({ level: "silent", service: "s" });

function make(): Shutdown {
  return new Shutdown({ log, exit: (code) => void left.push(code) });
}

beforeEach(() => {
  left.length = 0;
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

it("row 43: leaves at once while there is nothing to close yet", () => {
  make().request("SIGTERM");
  expect(left).toEqual([0]);
});

it("row 42: leaves with 0 when everything is closed", async () => {
  const shutdown = make();
  shutdown.ready(() => Promise.resolve());
  shutdown.request("SIGTERM");
  await jest.advanceTimersByTimeAsync(0);
  expect(left).toEqual([0]);
});

it("row 43: makes haste at the second signal, and leaves once", async () => {
  let calls = 0;
  let closed = (): void => undefined;
  const closing = new Promise<void>((resolve) => (closed = resolve));
  const shutdown = make();
  shutdown.ready(() => {
    calls += 1;
    return closing;
  });
  shutdown.request("SIGTERM");
  shutdown.request("SIGTERM");
  expect([calls, left]).toEqual([2, []]);
  closed();
  await jest.advanceTimersByTimeAsync(0);
  expect(left).toEqual([0]);
});

it("row 43: leaves by force before the budget is used up", async () => {
  const shutdown = make();
  shutdown.ready(() => new Promise(() => undefined));
  shutdown.request("SIGTERM");
  await jest.advanceTimersByTimeAsync(contract.container.drain.shutdownSec * 1000 - 1);
  expect(left).toEqual([1]);
});

it("does not call it success when closing fails, or after a fault", async () => {
  const shutdown = make();
  shutdown.ready(() => Promise.reject(new Error("x")));
  shutdown.request("SIGTERM");
  await jest.advanceTimersByTimeAsync(0);
  expect(left).toEqual([1]);
  const faulty = make();
  faulty.ready(() => Promise.resolve());
  faulty.uncaughtError(7);
  await jest.advanceTimersByTimeAsync(0);
  expect(left).toEqual([1, 7]);
});
