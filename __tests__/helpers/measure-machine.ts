import { measureWorkMs, slownessOf, SLOWNESS_VARIABLE } from "./time-limits";

/** Measures the machine once, before jest starts its workers, which inherit the environment variable. */
export default function measureMachine(): void {
  process.env[SLOWNESS_VARIABLE] ??= slownessOf(measureWorkMs()).toFixed(2);
}
