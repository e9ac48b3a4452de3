import { PriceError } from "../../../tools/prices/errors";
import { DEFAULT_LOAD, parseLoad } from "../../../tools/prices/load";
import { capacityUnitsAt } from "../../../tools/prices/load-balancer-capacity";

it("parses a load on top of the default", () => {
  expect(parseLoad("connections=2000, messagesPerSec=50")).toEqual({
    ...DEFAULT_LOAD,
    connections: 2000,
    messagesPerSec: 50,
  });
  expect(parseLoad(undefined)).toEqual(DEFAULT_LOAD);
});

it.each([
  ["users=5", /--load users: expected one of connections, .*, got "users"/],
  ["connections=many", /--load connections: expected a number of 0 or more, got "many"/],
  ["connections=-1", /got "-1"/],
  ["connections=", /got ""/],
  ["connections=Infinity", /got "Infinity"/],
])("refuses %s", (text, message) => {
  expect(() => parseLoad(text)).toThrow(PriceError);
  expect(() => parseLoad(text)).toThrow(message);
});

describe("capacity units are the largest dimension", () => {
  const idle = { ...DEFAULT_LOAD, connections: 0, newConnectionsPerSec: 0, messagesPerSec: 0, requestsPerSec: 0 };

  it.each([
    ["3,000 open connections", { connections: 3000 }, 1],
    ["25 new connections a second", { newConnectionsPerSec: 25 }, 1],
    ["1 GB an hour", { messagesPerSec: 1, receiversPerMessage: 1, messageBytes: 1e9 / 3600 }, 1],
    ["all at once, not their sum", { connections: 3000, newConnectionsPerSec: 50 }, 2],
  ])("%s", (_title, load, lcus) => {
    expect(capacityUnitsAt({ ...idle, ...load })).toBeCloseTo(lcus, 6);
  });
});
