import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTarget } from "../../tools/deploy/target/read-target";
import { Account } from "../../tools/doctor/account/account";
import { doctorClients } from "../../tools/doctor/clients";
import { DOCTOR_CHECKS } from "../../tools/doctor/doctor-checks";
import { findingsOf } from "../../tools/doctor/report";
import { runChecks } from "../../tools/doctor/run-checks";
import { DeclaredStack } from "../../tools/doctor/stack/declared";
import { type Json } from "../../tools/terraform/json";
import { type Delivery, STACK } from "./delivery";

/** Looks at the account as `make doctor` does. Returns what is wrong, and what could not be checked. */
export async function findingsOfDoctor({ outdir, simulator }: Delivery): Promise<string[]> {
  const json = readFileSync(join(outdir, "stacks", STACK, "cdk.tf.json"), "utf8");
  const account = new Account({
    target: readTarget(outdir, STACK),
    stack: new DeclaredStack(JSON.parse(json) as Json),
    aws: doctorClients({ region: "ap-northeast-1", endpoint: simulator.endpoint }),
    // The load balancer's name exists in the simulator only.
    names: { addresses: () => Promise.resolve([]) },
    now: () => Date.now(),
  });
  const outcomes = await runChecks(account, DOCTOR_CHECKS, () => undefined);
  const unchecked = outcomes.filter(({ state }) => state === "not checked").map(({ check }) => `${check}: not checked`);
  return [...findingsOf(outcomes).map(({ what, evidence }) => `${what} (${String(evidence)})`), ...unchecked];
}
