import { App } from "cdktf";
import { contract } from "../../app/contract";
import { type Environment, registry } from "../../environments";
import { enforcePolicies } from "../../policies";
import { ServiceStack } from "../../stacks/service-stack";

/**
 * Synthesizes environments like `main.ts`, and enforces the policies without exceptions. Each environment has an app of its own, because
 * they are alternatives: several of them have the same domain name.
 */
export function synthesizeEnvironments<Name extends string>(
  names: readonly Name[],
  environmentOf: (name: Name) => Environment,
): void {
  for (const name of names) {
    const app = new App({ stackTraces: false });
    const environment = environmentOf(name);
    const props = { contract, environment, registry, backend: "local" } as const;
    const stack = new ServiceStack(app, `${contract.name}-${name}`, props);
    const policies = enforcePolicies([{ stack, tier: environment.tier }], { exceptions: [] });
    app.synth();
    if (policies.warnings.length > 0) console.warn(policies.describeWarnings());
  }
}
