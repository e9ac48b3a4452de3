import { type Action } from "./action-log";
import { type Case, type StepResult } from "./transitions";

/** What one change does, in resource types without `aws_`, each list sorted. */
export interface Outcome {
  readonly construct: string;
  readonly prop: string;
  readonly from: string;
  readonly to: string;
  readonly updated: readonly string[];
  /** Replaced by one that exists before the old one is destroyed. */
  readonly newFirst: readonly string[];
  /** Destroyed, then created again: what uses it is without it in between. */
  readonly oldFirst: readonly string[];
  readonly created: readonly string[];
  readonly destroyed: readonly string[];
}

/** Summarizes the steps of a case. */
export function outcomesOf({ construct, prop }: Case, results: readonly StepResult[]): Outcome[] {
  return results.map(({ values: [from, to], actions }) => {
    const starts = (kind: Action["kind"]) =>
      new Map(actions.filter((action) => action.kind === kind).map(({ address, start }) => [address, start]));
    const [created, deleted, updated] = [starts("create"), starts("delete"), starts("update")];
    const replaced = [...created.keys()].filter((address) => deleted.has(address));
    const isNewFirst = (address: string) => created.get(address)! < deleted.get(address)!;
    return {
      construct,
      prop,
      from,
      to,
      updated: typesOf([...updated.keys()]),
      newFirst: typesOf(replaced.filter(isNewFirst)),
      oldFirst: typesOf(replaced.filter((address) => !isNewFirst(address))),
      created: typesOf([...created.keys()].filter((address) => !deleted.has(address))),
      destroyed: typesOf([...deleted.keys()].filter((address) => !created.has(address))),
    };
  });
}

function typesOf(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.split(".")[0]!.replace(/^aws_/, "")))].sort();
}
