// First, because it takes effect for the imports below.
import "./tools/synth/without-source-maps";
import { App } from "cdktf";
import { contract } from "./app/contract";
import { ConfigurationError } from "./modules/core";
import { enforcePolicies, type PolicedStack, writeVerdicts } from "./policies";
import { policyExceptions } from "./stacks/policy-exceptions";
import { RegistryStack } from "./stacks/registry-stack";
import { ServiceStack } from "./stacks/service-stack";
import { parseStateBackend } from "./stacks/state-backend";

/** Composition root: environments -> stacks -> policies -> Terraform JSON. Writes nothing unless every check passes. */
async function main(): Promise<void> {
  // Imported here, because environments are checked on import: their errors must reach the handler below.
  const { environments, registry } = await import("./environments/index.js");
  const backend = parseStateBackend(process.env["STATE_BACKEND"]);
  const app = new App({ stackTraces: false });
  const stacks: PolicedStack[] = [
    {
      stack: new RegistryStack(app, `${contract.name}-registry`, { contract, registry, backend }),
      // Production pulls its images from this repository.
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
  if (policies.warnings.length > 0) console.warn(`Policy warnings:\n${policies.describeWarnings()}`);
}

main().catch((error: unknown) => {
  // V8 formats a stack trace on first access, so an unexpected error still shows TypeScript lines.
  process.setSourceMapsEnabled(true);
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`The configuration was refused; nothing was written.\n\n${error.message}`);
  process.exitCode = 1;
});
