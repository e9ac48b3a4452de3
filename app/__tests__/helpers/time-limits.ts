import { SLOWNESS_VARIABLE } from "../../../__tests__/helpers/time-limits";

/**
 * Time limits of the app's tests, in milliseconds, on a quiet machine of two cores. They only end a hang, so each is several times what
 * the step takes. A duration that the code promises is asserted in its own test, never by one of these.
 */
const ON_A_QUIET_MACHINE = {
  /** One unit test, or a hook. */
  unitTestMs: 60_000,
  /** One test with real PostgreSQL and Redis. */
  integrationTestMs: 180_000,
  /** One test with browsers on the built app. */
  browserTestMs: 180_000,
  /** One step in a browser: a click, a navigation, an element that appears. */
  browserStepMs: 60_000,
  /** One test of the development server, which compiles pages on their first request. */
  developmentTestMs: 600_000,
  /** One page of the development server. */
  developmentPageMs: 120_000,
  /** From the start of a server to its first healthy answer. */
  startMs: 120_000,
  /** From SIGTERM until a server is killed. */
  stopMs: 15_000,
  /** Until a condition holds that a test waits for. */
  conditionMs: 30_000,
  /** Until an event is acknowledged. */
  acknowledgementMs: 15_000,
} as const;

export type TimeLimits = Readonly<Record<keyof typeof ON_A_QUIET_MACHINE, number>>;

/** @param slowness of this machine, 1 to 8; measured by the globalSetup of jest's configuration, once for all workers */
export function timeLimits(slowness: number): TimeLimits {
  const scaled = Object.entries(ON_A_QUIET_MACHINE).map(([name, ms]) => [name, Math.round(ms * slowness)]);
  return Object.fromEntries(scaled) as TimeLimits;
}

export const LIMITS = timeLimits(Number(process.env[SLOWNESS_VARIABLE] ?? 1));

/** The limit of one test or hook by the kind of its file; see jest.config.mjs. A slower test raises its own. */
export function testLimitMs(testFile: string): number {
  if (testFile.includes("/__tests__/e2e/")) return LIMITS.browserTestMs;
  return testFile.endsWith(".integration.test.ts") ? LIMITS.integrationTestMs : LIMITS.unitTestMs;
}
