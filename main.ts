import { App } from "cdktf";
import { contract } from "./app/contract";
import { ConfigurationError } from "./modules/core";
import { enforcePolicies, type PolicedStack, writeVerdicts } from "./policies";
import { policyExceptions } from "./stacks/policy-exceptions";
import { RegistryStack } from "./stacks/registry-stack";
import { ServiceStack } from "./stacks/service-stack";
import { parseStateBackend } from "./stacks/state-backend";

/** Composition root: environments -> stacks -> policies -> Terraform JSON. Nothing is written unless everything is right. */
async function main(): Promise<void> {
  // cdktf keeps a stack trace for every token, and mapping them all back to TypeScript is a sixth of the time of a synth.
  process.setSourceMapsEnabled(false);
  // Loaded here and not above: an environment checks itself when it is read, and its error shall be told like any other.
  const { environments, registry } = await import("./environments/index.js");
  const backend = parseStateBackend(process.env["STATE_BACKEND"]);
  const app = new App({ stackTraces: false });
  const stacks: PolicedStack[] = [
    {
      stack: new RegistryStack(app, `${contract.name}-registry`, { contract, registry, backend }),
      // Production's images come from it.
      tier: "production",
    },
    ...environments.map((environment) => ({
      stack: new ServiceStack(app, `${contract.name}-${environment.name}`, {
        contract,
        environment,
        registry,
        backend,
      }),
      tier: environment.tier,
    })),
  ];
  const policies = enforcePolicies(stacks, { exceptions: policyExceptions });
  app.synth();
  writeVerdicts(app.outdir, policies.verdicts);
  if (policies.warnings.length > 0) console.warn(`Policies warn:\n${policies.describeWarnings()}`);
}

main().catch((error: unknown) => {
  // V8 renders a stack when it is first read, so an unexpected error still names lines of TypeScript.
  process.setSourceMapsEnabled(true);
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`The configuration was refused; nothing was written.\n\n${error.message}`);
  process.exitCode = 1;
});
