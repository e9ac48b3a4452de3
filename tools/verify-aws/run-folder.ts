import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { VerifyAwsError } from "./errors";

/** What a run has to know to be continued or destroyed later. Holds no secret. */
export interface RunRecord {
  readonly formatVersion: 1;
  /** Name of the environment. */
  readonly name: string;
  /** Name of its stack, with which every physical name begins. */
  readonly stack: string;
  readonly accountId: string;
  readonly region: string;
  readonly availabilityZones: readonly string[];
  /** Existing repository of the image; without one, the environment has its own. */
  readonly repositoryName?: string | undefined;
  /** Tag or digest that was asked for, then the digest that was pushed. */
  readonly image?: string | undefined;
  readonly startedAt: string;
}

const RECORD = "run.json";

/** Where runs keep their folders, relative to the working folder. `make clean` leaves it alone. */
export const RUNS = ".verify-aws";

/** The folder of one run: its record, its synthesized stacks, and beside each its Terraform state. */
export class RunFolder {
  private constructor(
    readonly path: string,
    private known: RunRecord,
  ) {}

  /** @throws VerifyAwsError when the folder exists */
  static create(root: string, record: RunRecord): RunFolder {
    const path = resolve(root, record.stack);
    if (existsSync(path))
      throw new VerifyAwsError(`${path}: expected no folder of this name, found one. Run it again.`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const folder = new RunFolder(path, record);
    folder.write();
    return folder;
  }

  /** @throws VerifyAwsError when it is not the folder of a run */
  static open(path: string): RunFolder {
    const file = join(path, RECORD);
    if (!existsSync(file)) {
      throw new VerifyAwsError(
        `${path}: expected the folder of an earlier run with ${RECORD} in it, found none. They are in ${RUNS}/; a run that destroyed everything removes its own.`,
      );
    }
    const record = parse(readFileSync(file, "utf8"));
    if (record?.formatVersion !== 1)
      throw new VerifyAwsError(`${file}: expected the record of a run, got something else.`);
    return new RunFolder(resolve(path), record);
  }

  get record(): RunRecord {
    return this.known;
  }

  /** Synth output folder. */
  get out(): string {
    return join(this.path, "out");
  }

  update(changes: Partial<RunRecord>): void {
    this.known = { ...this.known, ...changes };
    this.write();
  }

  /** Removes the folder with the state: only when nothing is left that the state describes. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** In one step, so that a crash leaves the old or the new record. */
  private write(): void {
    const file = join(this.path, RECORD);
    writeFileSync(`${file}.new`, `${JSON.stringify(this.known, undefined, 2)}\n`);
    renameSync(`${file}.new`, file);
  }
}

function parse(text: string): RunRecord | undefined {
  try {
    return JSON.parse(text) as RunRecord;
  } catch {
    return undefined;
  }
}
