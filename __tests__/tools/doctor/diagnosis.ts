import { Account } from "../../../tools/doctor/account/account";
import { type NameServer } from "../../../tools/doctor/account/name-server";
import { type Check } from "../../../tools/doctor/check";
import { doctorClients } from "../../../tools/doctor/clients";
import { DOCTOR_CHECKS } from "../../../tools/doctor/doctor-checks";
import { type Finding, type Outcome } from "../../../tools/doctor/finding";
import { findingsOf } from "../../../tools/doctor/report";
import { runChecks } from "../../../tools/doctor/run-checks";
import { DeclaredStack } from "../../../tools/doctor/stack/declared";
import { type Target } from "../../../tools/deploy/target/target";
import { type Json } from "../../../tools/terraform/json";
import { target } from "../deploy/fixtures";
import { type Script, ScriptedAws } from "../deploy/scripted-aws";
import { ADDRESSES, HEALTHY, NOW } from "./healthy";
import { stack } from "./stack";

export interface Case {
  /** Answers that differ from those of a healthy environment. */
  readonly answers?: Script;
  readonly addresses?: NameServer["addresses"];
  readonly stack?: Json;
  readonly target?: Partial<Target>;
  readonly checks?: readonly Check[];
}

export interface Diagnosis {
  readonly outcomes: readonly Outcome[];
  readonly findings: readonly Finding[];
  readonly aws: ScriptedAws;
}

/** Runs checks against AWS's wire protocols, with an environment that is healthy but for the case. */
export async function diagnosed({
  answers = {},
  addresses,
  checks = DOCTOR_CHECKS,
  ...other
}: Case): Promise<Diagnosis> {
  const aws = await ScriptedAws.start({ ...HEALTHY, ...answers });
  try {
    const account = new Account({
      target: { ...target, ...other.target },
      stack: new DeclaredStack(other.stack ?? stack),
      aws: doctorClients({ region: "ap-northeast-1", endpoint: aws.endpoint }),
      names: { addresses: addresses ?? ((host) => Promise.resolve(ADDRESSES[host] ?? [])) },
      now: () => NOW,
    });
    const outcomes = await runChecks(account, checks, () => undefined);
    return { outcomes, findings: findingsOf(outcomes), aws };
  } finally {
    await aws.stop();
  }
}

/** The state of each check, by its name. */
export function statesOf({ outcomes }: Diagnosis): Record<string, Outcome["state"]> {
  return Object.fromEntries(outcomes.map(({ check, state }) => [check, state]));
}
