import { DescribeServicesCommand } from "@aws-sdk/client-ecs";
import { clients } from "../../helpers/aws-clients";
import { removeRun, runProgram, stackFile } from "../../helpers/run-program";
import { TerraformRoot } from "../../helpers/terraform-root";

describe("example three-services, applied by the real Terraform", () => {
  const run = runProgram("examples/three-services/main.ts");
  let root: TerraformRoot;

  beforeAll(async () => {
    root = await TerraformRoot.applied(stackFile(run, "three-services"));
  });

  afterAll(async () => {
    await root?.dispose();
    removeRun(run);
  });

  it("plans no change right after the apply", async () => {
    expect(await root.drift()).toEqual([]);
  });

  it("runs each service with its count, and a load balancer where it has one", async () => {
    const { ecs } = clients(root.simulator.endpoint);
    const names = ["sockets", "rest", "worker"].map((kind) => `chat-prod-${kind}`);
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: "chat-prod-sockets", services: names }),
    );
    const found = services.map(({ serviceName, desiredCount, loadBalancers = [] }) => [
      serviceName,
      desiredCount,
      loadBalancers.length,
    ]);
    expect(found.sort()).toEqual([
      ["chat-prod-rest", 2, 1],
      ["chat-prod-sockets", 4, 1],
      ["chat-prod-worker", 2, 0],
    ]);
  });
});
