import { App } from "cdktf";
import { contract } from "./app/contract";
import { environments, registry } from "./environments";
import { ConfigurationError } from "./modules/core";
import { RegistryStack } from "./stacks/registry-stack";
import { ServiceStack } from "./stacks/service-stack";
import { parseStateBackend } from "./stacks/state-backend";

/** Composition root: environments -> stacks -> Terraform JSON. Nothing is written unless everything is right. */
function main(): void {
  const backend = parseStateBackend(process.env["STATE_BACKEND"]);
  const app = new App();
  new RegistryStack(app, `${contract.name}-registry`, { contract, registry, backend });
  for (const environment of environments) {
    new ServiceStack(app, `${contract.name}-${environment.name}`, { contract, environment, registry, backend });
  }
  app.synth();
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`The configuration was refused; nothing was written.\n\n${error.message}`);
  process.exitCode = 1;
}
