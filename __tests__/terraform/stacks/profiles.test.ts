import { contract } from "../../../app/contract";
import { PROFILE_NAMES } from "../../../environments/profiles";
import { type ProfileName } from "../../../environments/schema";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

/** Applies a stack and returns what a second plan would change. */
async function driftOf(file: string): Promise<unknown> {
  const root = await TerraformRoot.applied(file);
  try {
    return await root.drift();
  } finally {
    await root.dispose();
  }
}

describe("profiles, applied by the real Terraform", () => {
  const run = runProgram("__tests__/programs/profiles.ts");
  // At the same time, since each mostly waits for the provider's timers. Every test awaits its own profile.
  const drifts = new Map<ProfileName, Promise<unknown>>();
  beforeAll(() => {
    for (const profile of PROFILE_NAMES) {
      const drift = driftOf(stackFile(run, `${contract.name}-${profile}`));
      drifts.set(profile, drift);
      // The test awaits it; until then Node must not report an unhandled rejection.
      drift.catch(() => undefined);
    }
  });
  afterAll(async () => {
    await Promise.allSettled(drifts.values());
    removeRun(run);
  });

  it.each(PROFILE_NAMES)("%s plans no change right after the apply", async (profile) => {
    expect(await drifts.get(profile)).toEqual([]);
  });
});
