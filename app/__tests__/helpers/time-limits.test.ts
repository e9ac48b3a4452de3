import { LIMITS, testLimitMs, timeLimits } from "./time-limits";

it("grow with the slowness of the machine", () => {
  expect(timeLimits(2).unitTestMs).toBe(2 * timeLimits(1).unitTestMs);
});

it("are those of this run's measurement", () => {
  const measured = process.env["TEST_MACHINE_SLOWNESS"];
  expect(measured).toMatch(/^\d+\.\d\d$/);
  expect(LIMITS).toEqual(timeLimits(Number(measured)));
});

it.each([
  ["/app/__tests__/client/outbox.test.ts", LIMITS.unitTestMs],
  ["/app/__tests__/data/migrate.integration.test.ts", LIMITS.integrationTestMs],
  ["/app/__tests__/e2e/reconnect.test.ts", LIMITS.browserTestMs],
])("limits a test of %s to %d ms", (file, limit) => {
  expect(testLimitMs(file)).toBe(limit);
});
