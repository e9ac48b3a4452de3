import {
  type ContainerDefinition,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { awsClients } from "../../../tools/aws/clients";
import { rollback } from "../../../tools/deploy/commands/rollback";
import { readStatus } from "../../../tools/deploy/commands/status";
import { type Context } from "../../../tools/deploy/context";
import { readTarget } from "../../../tools/deploy/target/read-target";
import { type Clients, clients } from "../../helpers/aws-clients";
import { TerraformRoot } from "../../helpers/terraform-root";
import { NAME, PARAMETER, REPOSITORY, type SmallService, synthesizeSmallService } from "./small-service";

const [FIRST, SECOND, BROKEN] = ["1", "2", "b"].map((digit) => `sha256:${digit.repeat(64)}`) as [
  string,
  string,
  string,
];
const byDigest = (digest: string) => `${REPOSITORY}@${digest}`;

/** A small service that is applied again and again, as a pipeline and people would. */
class Deployed {
  readonly aws: Clients;

  constructor(readonly root: TerraformRoot) {
    this.aws = clients(root.simulator.endpoint);
  }

  static async first(settings: SmallService = {}): Promise<Deployed> {
    return new Deployed(await TerraformRoot.applied(synthesizeSmallService(settings)));
  }

  async apply(settings: SmallService, digest?: string): Promise<void> {
    this.root.replaceConfiguration(synthesizeSmallService(settings));
    this.root.setVariables(digest === undefined ? {} : { image_digest: digest });
    await this.root.apply().finally(() => this.root.setVariables({}));
  }

  async service(): Promise<Service> {
    const { services = [] } = await this.aws.ecs.send(new DescribeServicesCommand({ cluster: NAME, services: [NAME] }));
    return services[0]!;
  }

  async definition(taskDefinition?: string): Promise<TaskDefinition> {
    const name = taskDefinition ?? (await this.service()).taskDefinition;
    return (await this.aws.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }))).taskDefinition!;
  }

  /** The image of both containers, and the revision. */
  async runs(): Promise<{ image: string; revision: number }> {
    const { containerDefinitions = [], revision = 0 } = await this.definition();
    const images = [...new Set(containerDefinitions.map(({ image = "" }) => image))];
    expect(images).toHaveLength(1);
    return { image: images[0]!, revision };
  }

  async remembered(): Promise<string | undefined> {
    return (await this.aws.ssm.send(new GetParameterCommand({ Name: PARAMETER }))).Parameter?.Value;
  }

  /** Addresses that the last plan changes. */
  async planned(): Promise<string[]> {
    const { resource_changes: all = [] } = await this.root.shownPlan();
    return all
      .filter(({ change, mode }) => mode === "managed" && !change.actions.includes("no-op"))
      .map(({ address }) => address);
  }

  /** Keeps deployments of the service from completing (`PUT`), or lets them again (`DELETE`). */
  async claim(method: "PUT" | "DELETE"): Promise<void> {
    const answer = await fetch(`${this.root.simulator.endpoint}/simulator/compute/${NAME}/${NAME}`, { method });
    expect(answer.status).toBe(200);
  }

  async update(taskDefinition: string): Promise<void> {
    await this.aws.ecs.send(new UpdateServiceCommand({ cluster: NAME, service: NAME, taskDefinition }));
  }

  /** Registers the latest revision with another image in both containers, as a pipeline does, and deploys it. */
  async deployAsPipeline(image: string): Promise<void> {
    const latest = await this.definition(NAME);
    const containerDefinitions = (latest.containerDefinitions ?? []).map((container): ContainerDefinition => ({
      ...container,
      image,
    }));
    const { family, networkMode, cpu, memory, volumes, runtimePlatform, executionRoleArn, taskRoleArn } = latest;
    const roles = { executionRoleArn, taskRoleArn };
    const { taskDefinition } = await this.aws.ecs.send(
      new RegisterTaskDefinitionCommand({
        ...{ family, networkMode, cpu, memory, volumes, runtimePlatform, ...roles, containerDefinitions },
        requiresCompatibilities: ["FARGATE"],
      }),
    );
    await this.update(taskDefinition!.taskDefinitionArn!);
  }

  /** What the commands of tools/deploy work with. */
  context(settings: SmallService = {}): { context: Context; printed: string[] } {
    const file = synthesizeSmallService(settings);
    const target = readTarget(file.replace(/\/stacks\/.*$/, ""), NAME);
    const printed: string[] = [];
    const context: Context = {
      target,
      aws: awsClients({ region: "ap-northeast-1", endpoint: this.root.simulator.endpoint }),
      clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
      print: (line) => printed.push(line),
      confirm: () => Promise.resolve(true),
    };
    return { context, printed };
  }
}

// The clients of tools/deploy have the SDK's own chain of credentials.
const given = { ...process.env };
beforeAll(() => {
  process.env["AWS_ACCESS_KEY_ID"] = "testing";
  process.env["AWS_SECRET_ACCESS_KEY"] = "testing";
});
afterAll(() => {
  process.env = given;
});

describe("an image that Terraform deploys", () => {
  let deployed: Deployed;

  beforeAll(async () => {
    deployed = await Deployed.first();
  });
  afterAll(() => deployed?.root.dispose());

  it("is the release, until a digest is deployed", async () => {
    expect(await deployed.runs()).toEqual({ image: `${REPOSITORY}:0.1.0`, revision: 1 });
    expect(await deployed.remembered()).toBe("0.1.0");
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("is deployed by digest and remembered: a plan without the digest changes nothing", async () => {
    await deployed.apply({}, FIRST);
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 2 });
    expect(await deployed.remembered()).toBe(`0.1.0@${FIRST}`);
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("stays when an apply for another reason follows", async () => {
    await deployed.apply({ logRetentionDays: 90 });
    expect(await deployed.planned()).toEqual([expect.stringMatching(/^aws_cloudwatch_log_group\./)]);
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 2 });
  });

  it("stays when a setting changes, which reaches what runs", async () => {
    await deployed.apply({ environment: { GREETING: "hello" } });
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 3 });
    const { containerDefinitions = [] } = await deployed.definition();
    expect(containerDefinitions[1]?.environment).toEqual([{ name: "GREETING", value: "hello" }]);
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("is not remembered when ECS rolls its deployment back, and the rollback leaves no difference", async () => {
    const settings = { environment: { GREETING: "hello" } };
    const before = (await deployed.service()).taskDefinition!;
    // Otherwise the simulator may complete the deployment before the circuit breaker, below, has seen it.
    await deployed.claim("PUT");
    const apply = deployed.apply(settings, BROKEN).then(
      () => "applied",
      (error: Error) => error.message,
    );
    // As the circuit breaker does: to the revision before, as soon as the new one is deployed.
    while ((await deployed.service()).taskDefinition === before) await new Promise((done) => setTimeout(done, 200));
    await deployed.update(before);
    await deployed.claim("DELETE");
    expect(await apply).toContain("The deploy failed and ECS rolled it back");
    expect(await deployed.remembered()).toBe(`0.1.0@${FIRST}`);

    const { context } = deployed.context(settings);
    expect(await readStatus(context)).toMatchObject({ image: byDigest(FIRST), inStep: false });
    expect(await rollback(context, {})).toBe(true);
    expect(await readStatus(context)).toMatchObject({ image: byDigest(FIRST), inStep: true });
    expect(await deployed.root.drift()).toEqual([]);
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 3 });
  });

  it("returns to the one before by a rollback without Terraform, and a plan changes nothing", async () => {
    const settings = { environment: { GREETING: "hello" } };
    await deployed.apply(settings, SECOND);
    expect((await deployed.runs()).image).toBe(byDigest(SECOND));
    const { context, printed } = deployed.context(settings);
    expect(await rollback(context, {})).toBe(true);
    expect(printed.join("\n")).toContain(`crm-dev runs revision 3: ${byDigest(FIRST)}`);
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 3 });
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("says that it is there already when a rollback is repeated to the same revision", async () => {
    const { context, printed } = deployed.context({ environment: { GREETING: "hello" } });
    expect(await rollback(context, { to: 3 })).toBe(true);
    expect(printed.join("\n")).toContain("nothing to do");
  });

  it("gives way to another release", async () => {
    await deployed.apply({ release: "0.2.0" });
    expect((await deployed.runs()).image).toBe(`${REPOSITORY}:0.2.0`);
    expect(await deployed.remembered()).toBe("0.2.0");
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("returns to the tag of an earlier release by a rollback, which the environment's release does not undo", async () => {
    const { context, printed } = deployed.context({ release: "0.2.0" });
    expect(await rollback(context, { to: 1 })).toBe(true);
    expect((await deployed.runs()).image).toBe(`${REPOSITORY}:0.1.0`);
    expect(await deployed.remembered()).toBe("0.2.0:0.1.0");
    expect(await deployed.root.drift()).toEqual([]);
    expect(printed.join("\n")).not.toContain("Other settings");
  });

  it("goes with the environment", async () => {
    expect(await deployed.root.destroy()).toEqual([]);
    await expect(deployed.remembered()).rejects.toThrow(
      expect.objectContaining({ name: "ParameterNotFound" }) as Error,
    );
  });
});

describe("an image that a pipeline deploys", () => {
  let deployed: Deployed;

  beforeAll(async () => {
    deployed = await Deployed.first({ deployedBy: "pipeline" });
  });
  afterAll(() => deployed?.root.dispose());

  it("is no difference for Terraform", async () => {
    await deployed.deployAsPipeline(byDigest(FIRST));
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 2 });
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("stays when a setting changes, which the pipeline's next revision has", async () => {
    const settings = { deployedBy: "pipeline", environment: { GREETING: "hello" } } as const;
    await deployed.apply(settings);
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 2 });
    expect(await deployed.root.drift()).toEqual([]);
    await deployed.deployAsPipeline(byDigest(SECOND));
    const { containerDefinitions = [] } = await deployed.definition();
    expect(containerDefinitions.map(({ name, environment }) => [name, environment])).toEqual([
      ["migration", [{ name: "GREETING", value: "hello" }]],
      ["app", [{ name: "GREETING", value: "hello" }]],
    ]);
    expect(containerDefinitions[1]?.dependsOn).toEqual([{ containerName: "migration", condition: "SUCCESS" }]);
    expect(await deployed.root.drift()).toEqual([]);
  });

  it("returns to the one before without a difference", async () => {
    const settings = { deployedBy: "pipeline", environment: { GREETING: "hello" } } as const;
    await rollback(deployed.context(settings).context, { to: 2 });
    expect(await deployed.runs()).toEqual({ image: byDigest(FIRST), revision: 2 });
    expect(await deployed.root.drift()).toEqual([]);
  });
});
