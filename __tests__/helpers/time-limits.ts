/**
 * Minutes that one test or hook may take on a quiet machine of two cores, by kind. They only end a hang, so each is several times what the
 * slowest test of its kind takes. A kind is a folder of `__tests__`; `unit` is every other folder.
 */
const MINUTES = {
  unit: 10,
  /** Builds and runs real servers. */
  twin: 15,
  /** Runs Terraform against the simulator. */
  terraform: 30,
  /** Runs Terraform against the simulator once for every value of a prop. */
  transitions: 60,
  /** Builds a container image. */
  image: 45,
  /** Boots machines that run the user data of an instance. */
  instance: 15,
  /** Deploys an environment to the simulator again and again, with real servers behind it. */
  delivery: 30,
  /** Runs whole test files again. */
  mutation: 120,
} as const;

export type TestKind = keyof typeof MINUTES;

/** Set by `measure-machine.ts` before the first test. */
export const SLOWNESS_VARIABLE = "TEST_MACHINE_SLOWNESS";

/** Milliseconds that `work` takes on a quiet core of a typical server. */
const REFERENCE_MS = 40;
/** Highest slowness that scales limits, so that a hang still ends. */
const MAX_SLOWNESS = 8;

/** Returns the limit of a test or hook in milliseconds, scaled by the machine's slowness. */
export function timeLimitMs(kind: TestKind): number {
  return scaledMs(MINUTES[kind] * 60_000);
}

function slowness(): number {
  return Number(process.env[SLOWNESS_VARIABLE] ?? 1);
}

/** Scales a wait within a test, in milliseconds, by the machine's slowness. */
export function scaledMs(ms: number): number {
  return Math.round(ms * slowness());
}

/** Returns the kind of a test file by the folder below `__tests__` that holds it. */
export function kindOf(testFile: string): TestKind {
  const folder = /\/__tests__\/([^/]+)\/(?!.*\/__tests__\/)/.exec(testFile)?.[1] ?? "";
  return folder in MINUTES ? (folder as TestKind) : "unit";
}

/** Returns how many times slower than usual the machine is: 1 to 8. */
export function slownessOf(measuredMs: number): number {
  return Math.min(MAX_SLOWNESS, Math.max(1, measuredMs / REFERENCE_MS));
}

/** Returns the milliseconds of a fixed amount of work, the median of five runs, so that a busy machine counts as a slow one. */
export function measureWorkMs(): number {
  const runs = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return runs.sort((a, b) => a - b)[2]!;
}

/** Does work that is typical of tests: objects, text and maps. */
function work(): number {
  const seen = new Map<string, number>();
  for (let index = 0; index < 200_000; index++) seen.set(JSON.stringify({ key: index % 5000 }), index);
  return seen.size;
}
