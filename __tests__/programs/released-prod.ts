import { App } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { prod } from "../../environments/prod";
import { ServiceStack } from "../../stacks/service-stack";

// Production without deletion protection, which has to be applied before it can be destroyed.
const app = new App();
const environment = { ...prod, disposable: true };
new ServiceStack(app, "messenger-crm-prod", { contract, environment, registry, backend: "local" });
app.synth();
