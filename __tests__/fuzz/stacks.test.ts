import { type App, TerraformStack } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { defineEnvironment } from "../../environments/define-environment";
import { type Environment } from "../../environments/schema";
import { ServiceStack } from "../../stacks/service-stack";
import { environment } from "./arbitraries/environment";
import { materialize } from "./arbitraries/special";
import { itSurvivesAll } from "./fuzz";

/** Builds the stack of one environment as main.ts does. */
function compose(app: App, data: unknown): TerraformStack {
  // Terraform variables need a stack, and an environment must not contain them.
  const given = materialize(new TerraformStack(app, "variables"), data) as Environment;
  const defined = defineEnvironment(given);
  return new ServiceStack(app, "fuzz", { contract, environment: defined, registry, backend: "local" });
}

/** Cases in `make test`: each has the resources of ten constructs. */
const RUNS = 80;

itSurvivesAll("a whole environment", environment, (judge, data) => judge.ofApp((app) => compose(app, data)), RUNS);
