import { type AwsClients } from "../aws/clients";
import { type Clock } from "./service/clock";
import { type Target } from "./target/target";

/** What every command works with. */
export interface Context {
  readonly target: Target;
  readonly aws: AwsClients;
  readonly clock: Clock;
  readonly print: (line: string) => void;
  /** Asks a person; `true` without asking with `--yes`. @throws DeployError when nobody can answer */
  readonly confirm: (question: string) => Promise<boolean>;
}
