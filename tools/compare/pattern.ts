import { type Load } from "../prices/load";
import { type Plan } from "../terraform/plan";

/** A statement, and where it is from: a measurement, a page of AWS, or `assumed` in the words. */
export interface Fact {
  readonly text: string;
  readonly source: string;
}

/** Text in the languages of the READMEs. */
export interface Words {
  readonly en: string;
  readonly ja: string;
}

/** What the deployment guide says about a pattern, and what holds instead. */
export interface Claim {
  readonly guide: string;
  readonly holds: string;
  readonly source: string;
}

/** What the environment says of its service where the plan does not show it: numbers of processes, tasks and the like. */
export type Settings = Readonly<Record<string, unknown>>;

/** What the figures of a pattern are read from. */
export interface Stack {
  readonly plan: Plan;
  readonly settings: Settings;
}

/** One way to run the application. Everything that can be read from its synthesized stack is read from there. */
export interface Pattern {
  /** The word in an environment, and the name of its file in `plans/`. */
  readonly id: string;
  /** The guide's letter. */
  readonly letter: string;
  readonly title: Words;
  readonly webSockets: Words;
  /** Whether an account that has never used it may create it. */
  readonly openToNewCustomers: boolean;
  /** Most open connections that the stack of the plan holds, and why not more. */
  readonly capacity: (stack: Stack) => { readonly connections: number; readonly why: string };
  /**
   * Returns the plan as the autoscaler changes it at a load, where `make cost` bills the minimum.
   * @default the plan of the stack
   */
  readonly planAt?: (stack: Stack, load: Load) => Plan;
  readonly timeToDeploy: (stack: Stack) => Fact;
  readonly timeToScale: Fact;
  readonly breaksOnDeploy: Fact;
  readonly operations: Fact;
  readonly customisation: Fact;
  readonly claims: readonly Claim[];
}
