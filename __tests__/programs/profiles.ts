/** Each profile as an environment of production, held to the policies: what `main.ts` would make of it. */
import { App } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { PROFILE_NAMES } from "../../environments/profiles";
import { enforcePolicies } from "../../policies";
import { ServiceStack } from "../../stacks/service-stack";
import { profileEnvironment } from "../helpers/profile-environment";

const app = new App({ stackTraces: false });
const stacks = PROFILE_NAMES.map((profile) => {
  const environment = profileEnvironment(profile);
  const id = `${contract.name}-${profile}`;
  return {
    stack: new ServiceStack(app, id, { contract, environment, registry, backend: "local" }),
    tier: environment.tier,
  };
});
const policies = enforcePolicies(stacks, { exceptions: [] });
app.synth();
if (policies.warnings.length > 0) console.warn(policies.describeWarnings());
