import { App } from "cdktf";
import { contract } from "../../app/contract";
import { throwawayEnvironment, type ThrowawayPlace } from "../../environments/throwaway";
import { ConfigurationError } from "../../modules/core";
import { enforcePolicies, type PolicedStack, writeVerdicts } from "../../policies";
import { type RegistryLocation, RegistryStack } from "../registry-stack";
import { ServiceStack } from "../service-stack";
import { throwawayExceptions } from "./policy-exceptions";

/** What `make verify-aws` passes in the environment variable THROWAWAY, as JSON. */
export interface ThrowawayInput extends ThrowawayPlace {
  /** An existing repository to pull from; without one, the environment gets its own, which is destroyed with it. */
  readonly repositoryName?: string;
  /** Tags beside those of every environment. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Composition root of the environment that `make verify-aws` applies and destroys, with local state. */
function main({ repositoryName, tags, ...place }: ThrowawayInput): void {
  const environment = throwawayEnvironment(place);
  const { name, accountId, region, state, tier } = environment;
  const id = `${contract.name}-${name}`;
  const registry: RegistryLocation = { accountId, region, state, repositoryName: repositoryName ?? id };
  const app = new App({ stackTraces: false });
  const stacks: PolicedStack[] = [
    { stack: new ServiceStack(app, id, { contract, environment, registry, backend: "local", tags }), tier },
  ];
  if (repositoryName === undefined) {
    const props = { contract, registry: { ...registry, disposable: true }, backend: "local", tags } as const;
    stacks.push({ stack: new RegistryStack(app, `${id}-registry`, props), tier });
  }
  const policies = enforcePolicies(stacks, { exceptions: throwawayExceptions(id) });
  app.synth();
  writeVerdicts(app.outdir, policies.verdicts);
}

try {
  main(JSON.parse(process.env["THROWAWAY"] ?? "") as ThrowawayInput);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`The configuration was refused; nothing was written.\n\n${error.message}`);
  process.exitCode = 1;
}
