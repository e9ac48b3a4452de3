import { type Report as DoctorReport } from "../doctor/report";
import { type SmokeReport } from "../smoke/run-checks";
import { type ItemResult } from "./items/item";
import { ITEMS } from "./items/items";
import { type Price } from "./price";
import { type RunRecord } from "./run-folder";

export const STEPS = ["image", "deploy", "smoke", "doctor", "items", "destroy"] as const;
export type StepName = (typeof STEPS)[number];

export interface StepResult {
  readonly step: StepName;
  readonly state: "passed" | "failed" | "not run";
  readonly seconds: number;
  /** Why it failed or was not run; empty when it passed. */
  readonly why: string;
}

/** What a run did and found, as `--json` prints it. */
export interface VerifyReport {
  readonly formatVersion: "1.0";
  readonly run: RunRecord;
  /** `undefined` where only an earlier run is destroyed. */
  readonly price: Price | undefined;
  readonly steps: readonly StepResult[];
  readonly smoke: SmokeReport | undefined;
  readonly doctor: DoctorReport | undefined;
  readonly items: readonly ItemResult[];
  /** Items that a person has to check, with the reason. */
  readonly byHand: readonly { readonly title: string; readonly why: string }[];
  /** Folder with the state of what is left; `undefined` when everything is destroyed. */
  readonly folder: string | undefined;
}

export const EXIT = { passed: 0, error: 1, failed: 2 } as const;

const MARKS = { passed: "ok", failed: "FAILED", "not run": "-" } as const;
const ITEM_MARKS = { holds: "ok", differs: "DIFFERS", "not checked": "-" } as const;

/** What is left counts most: it costs money. */
export function exitCodeOf({ steps, folder }: VerifyReport): number {
  if (folder !== undefined) return EXIT.error;
  return steps.every(({ step, state }) => state === "passed" || (step === "image" && state === "not run"))
    ? EXIT.passed
    : EXIT.failed;
}

export function byHand(): VerifyReport["byHand"] {
  return ITEMS.flatMap((item) => ("byHand" in item ? [{ title: item.title, why: item.byHand }] : []));
}

export function renderItem({ title, outcome }: ItemResult): string {
  const text = outcome.state === "not checked" ? `not checked: ${outcome.why}` : outcome.evidence;
  return `  ${ITEM_MARKS[outcome.state].padEnd(7)}  ${title}\n           ${text.replaceAll("\n", "\n           ")}`;
}

/** Renders what a person reads at the end; the steps have printed their own results before. */
export function renderReport(report: VerifyReport): string {
  const { run, steps, items, price } = report;
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0);
  const differing = items.filter(({ outcome }) => outcome.state === "differs").map(({ title }) => title);
  return [
    `${run.stack} (account ${run.accountId}, ${run.region})`,
    ...steps.map(renderStep),
    ...(items.length === 0 ? [] : ["Items of docs/real-aws.md:", ...items.map(renderItem)]),
    ...(differing.length === 0 ? [] : [`What to do about ${differing.join(", ")}: the column "if not" there.`]),
    ...(items.length === 0 ? [] : [`${report.byHand.length} more items of docs/real-aws.md need a person.`]),
    ...(price === undefined ? [] : [`Took ${minutes(seconds)}, about ${spent(price, seconds)} cents.`]),
    report.folder === undefined ? "Everything is destroyed." : howToGoOn(report.folder),
  ].join("\n");
}

/** Says how to continue or destroy a run whose folder is still there. */
export function howToGoOn(folder: string): string {
  return [
    "NOT EVERYTHING IS DESTROYED: what is left costs money until it is. To destroy it:",
    `  make verify-aws ARGS="--destroy-only ${folder}"`,
    "To make the checks first, and then destroy it:",
    `  make verify-aws ARGS="--resume ${folder}"`,
    "Keep the folder until then: it holds Terraform's state, without which each resource has to be deleted by hand.",
  ].join("\n");
}

function renderStep({ step, state, seconds, why }: StepResult): string {
  const time = state === "not run" ? "" : minutes(seconds);
  const line = `  ${MARKS[state].padEnd(7)}  ${step.padEnd(7)}  ${time.padStart(7)}  ${why.split("\n")[0]}`;
  return line.trimEnd();
}

function spent({ hourlyCents }: Price, seconds: number): number {
  return hourlyCents * Math.ceil(seconds / 3600);
}

function minutes(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
