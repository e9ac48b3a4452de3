import { mkdirSync, writeFileSync } from "node:fs";
import { findPrograms } from "../simulator/find-programs";
import { configurationFolder, prepareWorkspace, summaryFile } from "../simulator/workspace";
import { listStacks } from "../terraform/stacks";
import { applyStack } from "./apply-stack";
import { Progress } from "./progress";
import { type StackResult, type Summary } from "./summary";

export interface ApplyStacksOptions {
  /** The synth output folder, such as cdktf.out. */
  readonly out: string;
  /** Where copies, state and summary.json go, such as .simulator. */
  readonly root: string;
  /** Stack names; all of the output folder when empty. */
  readonly stacks: readonly string[];
  readonly destroy: boolean;
  /** Stacks at a time. Applies mostly wait, so more than the number of processors is fine. @default 3 */
  readonly concurrency?: number;
  readonly print: (line: string) => void;
  /** Print every finished resource (a terminal) or at most one line every 10 s (a log). */
  readonly everyResource: boolean;
  /** Creates what the stacks expect to exist, such as a VPC. @default nothing */
  readonly seed?: (endpoint: string) => Promise<void>;
}

const CONCURRENCY = 3;

/**
 * Applies every stack, several side by side, each to an AWS simulator of its own, and writes summary.json. A stack that fails is
 * listed in the summary's failures and does not stop the others.
 * @throws SimulatorError or TerraformError when nothing could start
 */
export async function applyStacks(options: ApplyStacksOptions): Promise<Summary> {
  const started = Date.now();
  const names = options.stacks.length > 0 ? options.stacks : listStacks(options.out);
  const programs = await findPrograms();
  const workspaces = names.map((name) => prepareWorkspace(options.out, name, options.root));
  const width = Math.max(...names.map((name) => name.length));
  const configFolder = configurationFolder(options.root);
  const stacks: StackResult[] = [];
  const failures: { stack: string; message: string }[] = [];
  await inParallel(workspaces, options.concurrency ?? CONCURRENCY, async (workspace) => {
    const { print, everyResource, destroy, seed } = options;
    const progress = new Progress(workspace.name, { print, everyResource, width });
    try {
      stacks.push(await applyStack({ programs, workspace, progress, destroy, seed, configFolder }));
    } catch (error) {
      progress.note("FAILED");
      failures.push({ stack: workspace.name, message: error instanceof Error ? error.message : String(error) });
    }
  });
  const order = (result: { stack: string }): number => names.indexOf(result.stack);
  const summary: Summary = {
    seconds: Math.round((Date.now() - started) / 1000),
    stacks: stacks.sort((a, b) => order(a) - order(b)),
    failures: failures.sort((a, b) => order(a) - order(b)),
  };
  mkdirSync(options.root, { recursive: true });
  writeFileSync(summaryFile(options.root), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
