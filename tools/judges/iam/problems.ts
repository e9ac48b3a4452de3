import { type Json } from "../../terraform/json";
import { callsOf } from "./calls";
import { Decisions, unusedGrants } from "./decide";
import { policiesOf, type Policy } from "./policies";
import { problemsOf } from "./reference";
import { type Call } from "./world";

/** What was held against AWS's reference, and what is wrong. */
export interface IamJudgement {
  readonly statements: number;
  readonly calls: number;
  readonly problems: readonly string[];
}

/** Holds every policy of a stack against the service authorization reference, and decides the calls that the stack makes. */
export async function judgeIam(stack: string, json: Json): Promise<IamJudgement> {
  const policies = policiesOf(stack, json);
  const unknown = await Promise.all(
    policies.map(async (policy) => (await problemsOf(policy)).map((text) => `${policy.address}: ${text}`)),
  );
  const { decided, wrong } = await wrongDecisions(json, policies);
  const statements = policies.reduce((sum, { document }) => sum + document.Statement.length, 0);
  return { statements, calls: decided, problems: [...unknown.flat(), ...wrong] };
}

/** Decides every call of a stack, and lists what does not come out as it should. */
export async function wrongDecisions(
  json: Json,
  policies: readonly Policy[],
): Promise<{ decided: number; wrong: string[] }> {
  const decisions = new Decisions(json, policies);
  const calls = callsOf(json);
  const wrong: string[] = [];
  const used: { policy: Policy; call: Call }[] = [];
  for (const call of calls) {
    const allowed = await decisions.isAllowed(call);
    if (allowed !== call.allowed) wrong.push(describeCall(call));
    if (allowed) used.push(...decisions.policiesFor(call).map((policy) => ({ policy, call })));
  }
  const unused = unusedGrants(policies, used).map((grant) => `nobody uses ${grant}`);
  return { decided: calls.length, wrong: [...wrong, ...unused] };
}

function describeCall({ what, action, resource, context, allowed }: Call): string {
  const expectation = allowed ? "expected to be allowed" : "expected to be denied";
  return `${what}: ${action} ${resource} ${JSON.stringify(context ?? {})} ${expectation}`;
}
