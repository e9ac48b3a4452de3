import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CiError } from "../errors";
import { LOCK_FILE, PLAN_FILE } from "../files";
import { BucketFolder } from "./bucket";
import { describeLocation, type PlanLocation } from "./location";

/** A saved plan on its way from the job that made it to the job that applies it. */
export class StoredPlan {
  private readonly files: BucketFolder;

  constructor(
    private readonly location: PlanLocation,
    env: NodeJS.ProcessEnv,
  ) {
    this.files = new BucketFolder(location, env);
  }

  /** Stores the plan of a folder and returns its SHA-256, by which the apply knows it again. */
  async save(folder: string): Promise<string> {
    const file = join(folder, PLAN_FILE);
    if (!existsSync(file)) throw new CiError(`${file}: expected a saved plan, found no file. Run make ci-plan first.`);
    const plan = readFileSync(file);
    await this.files.write(LOCK_FILE, readFileSync(join(folder, LOCK_FILE)));
    await this.files.write(PLAN_FILE, plan);
    return sha256(plan);
  }

  /** Writes the stored plan into a folder. @throws CiError when there is none, or another one than was reviewed */
  async restore(folder: string, expected: string): Promise<void> {
    const [plan, lock] = [await this.files.read(PLAN_FILE), await this.files.read(LOCK_FILE)];
    const place = describeLocation(this.location);
    if (plan === undefined || lock === undefined) {
      throw new CiError(
        `${place}: expected the reviewed plan, found none. It was applied already, or has expired. Run the whole pipeline again for a new plan.`,
      );
    }
    const actual = sha256(plan);
    if (actual !== expected) {
      throw new CiError(
        `${place}: expected the plan that was reviewed, with SHA-256 ${expected}, got ${actual}. Nothing was applied. Find out who wrote it, then plan again.`,
      );
    }
    writeFileSync(join(folder, LOCK_FILE), lock);
    writeFileSync(join(folder, PLAN_FILE), plan, { mode: 0o600 });
  }

  async remove(): Promise<void> {
    await this.files.remove([PLAN_FILE, LOCK_FILE]);
  }
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
