/** Production by each entrance that brings its own name, held to the policies: what `main.ts` would make of it. */
import { App } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { enforcePolicies } from "../../policies";
import { ServiceStack } from "../../stacks/service-stack";
import { ENTRANCES, entranceEnvironment } from "../helpers/entrance-environment";

const app = new App({ stackTraces: false });
const stacks = ENTRANCES.map((name) => {
  const environment = entranceEnvironment(name);
  const id = `${contract.name}-${name}`;
  return {
    stack: new ServiceStack(app, id, { contract, environment, registry, backend: "local" }),
    tier: environment.tier,
  };
});
const policies = enforcePolicies(stacks, { exceptions: [] });
app.synth();
if (policies.warnings.length > 0) console.warn(policies.describeWarnings());
