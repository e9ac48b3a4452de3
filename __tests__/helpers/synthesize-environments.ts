import { App } from "cdktf";
import { contract } from "../../app/contract";
import { type Environment, registry } from "../../environments";
import { enforcePolicies } from "../../policies";
import { ServiceStack } from "../../stacks/service-stack";

/** Synthesizes environments like `main.ts`, and enforces the policies without exceptions. */
export function synthesizeEnvironments<Name extends string>(
  names: readonly Name[],
  environmentOf: (name: Name) => Environment,
): void {
  const app = new App({ stackTraces: false });
  const stacks = names.map((name) => {
    const environment = environmentOf(name);
    const props = { contract, environment, registry, backend: "local" } as const;
    return { stack: new ServiceStack(app, `${contract.name}-${name}`, props), tier: environment.tier };
  });
  const policies = enforcePolicies(stacks, { exceptions: [] });
  app.synth();
  if (policies.warnings.length > 0) console.warn(policies.describeWarnings());
}
