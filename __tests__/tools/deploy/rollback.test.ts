import { rollback } from "../../../tools/deploy/commands/rollback";
import { imageOf, toRemember } from "../../../tools/deploy/release/remembered-image";
import { contextOf, digestOf, REPOSITORY, revisionArn, target, useCredentials } from "./fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const IMAGES: Readonly<Record<number, string>> = {
  1: `${REPOSITORY}:0.1.0`,
  2: `${REPOSITORY}@${digestOf("a")}`,
  3: `${REPOSITORY}@${digestOf("a")}`,
  4: `${REPOSITORY}@${digestOf("b")}`,
};

function definition(revision: number, environment: readonly object[] = []): Answer {
  const image = IMAGES[revision];
  const app = { name: "app", image, portMappings: [{ containerPort: 3000 }], environment };
  return {
    taskDefinition: {
      taskDefinitionArn: revisionArn(revision),
      containerDefinitions: [{ name: "migration", image }, app],
    },
  };
}

const service = (
  revision: number,
  rollout = "COMPLETED",
  more: readonly object[] = [],
  events: readonly object[] = [],
) => ({
  services: [
    {
      status: "ACTIVE",
      desiredCount: 2,
      runningCount: 2,
      taskDefinition: revisionArn(revision),
      deployments: [
        {
          id: `ecs-svc/${revision}`,
          status: "PRIMARY",
          taskDefinition: revisionArn(revision),
          desiredCount: 2,
          runningCount: 2,
          rolloutState: rollout,
        },
        ...more,
      ],
      events,
    },
  ],
});

/** A service on the newest of four revisions, until UpdateService. */
function account(changes: Script = {}): Script {
  let runs = 4;
  const revisionIn = (input: Readonly<Record<string, unknown>>) =>
    Number(String(input["taskDefinition"]).split(":").at(-1));
  return {
    DescribeServices: () => service(runs),
    ListTaskDefinitions: { taskDefinitionArns: [4, 3, 2, 1].map(revisionArn) },
    DescribeTaskDefinition: (input) => definition(revisionIn(input)),
    UpdateService: (input): Answer => {
      runs = revisionIn(input);
      return { service: {} };
    },
    PutParameter: { Version: 2 },
    DeregisterTaskDefinition: { taskDefinition: {} },
    GetParameter: { Parameter: { Value: `0.1.0@${digestOf("b")}` } },
    ...changes,
  };
}

describe("rollback", () => {
  let aws: ScriptedAws;
  afterEach(() => aws.stop());

  it("returns to the newest revision with another image, and tells Terraform", async () => {
    aws = await ScriptedAws.start(account());
    const { context, printed } = contextOf(aws);
    expect(await rollback(context, {})).toBe(true);
    expect(aws.inputs("UpdateService")).toEqual([
      { cluster: "crm-dev", service: "crm-dev", taskDefinition: revisionArn(3) },
    ]);
    expect(aws.inputs("PutParameter")).toEqual([
      {
        Name: "/crm-dev/deployed/image",
        Value: `0.1.0@${digestOf("a")}`,
        Type: "String",
        Overwrite: true,
        Description: "Image.",
        AllowedPattern: "^.*$",
      },
    ]);
    expect(aws.inputs("DeregisterTaskDefinition")).toEqual([{ taskDefinition: revisionArn(4) }]);
    expect(printed).toContain("Terraform's next plan keeps this image and changes nothing about the service.");
  });

  it("tells Terraform only after the service is steady", async () => {
    aws = await ScriptedAws.start(account());
    await rollback(contextOf(aws).context, {});
    const order = aws.calls.map(({ operation }) => operation);
    expect(order.lastIndexOf("DescribeServices")).toBeLessThan(order.indexOf("PutParameter"));
    expect(order.indexOf("PutParameter")).toBeLessThan(order.indexOf("DeregisterTaskDefinition"));
  });

  it("changes nothing when a person says no", async () => {
    aws = await ScriptedAws.start(account());
    const { context, questions } = contextOf(aws, {}, false);
    expect(await rollback(context, {})).toBe(false);
    expect(questions).toEqual(["Roll back?"]);
    expect(aws.inputs("UpdateService")).toEqual([]);
    expect(aws.inputs("PutParameter")).toEqual([]);
  });

  it("names other settings that return, without their values", async () => {
    const secret = [{ name: "LOG_LEVEL", value: "hunter2" }];
    const described = (input: Readonly<Record<string, unknown>>) =>
      String(input["taskDefinition"]).endsWith(":4") ? definition(4, secret) : definition(3);
    aws = await ScriptedAws.start(account({ DescribeTaskDefinition: described }));
    const { context, printed } = contextOf(aws);
    await rollback(context, {});
    expect(printed.join("\n")).toContain("Other settings that return too: app environment LOG_LEVEL");
    expect(printed.join("\n")).toContain("the next apply would deploy them again");
    expect(printed.join("\n")).not.toContain("hunter2");
  });

  it("only tells Terraform what ECS has done already", async () => {
    aws = await ScriptedAws.start(account({ DescribeServices: () => service(3) }));
    const { context, printed } = contextOf(aws);
    expect(await rollback(context, {})).toBe(true);
    expect(aws.inputs("UpdateService")).toEqual([]);
    expect(aws.inputs("DeregisterTaskDefinition")).toEqual([{ taskDefinition: revisionArn(4) }]);
    expect(printed.join("\n")).toContain("ECS has left 1 newer revision already");
  });

  it("leaves parameter and revisions alone where a pipeline deploys", async () => {
    aws = await ScriptedAws.start(account());
    const { context, printed } = contextOf(aws, { imageParameter: undefined });
    expect(await rollback(context, {})).toBe(true);
    expect(aws.inputs("UpdateService")).toHaveLength(1);
    expect(aws.inputs("PutParameter")).toEqual([]);
    expect(aws.inputs("DeregisterTaskDefinition")).toEqual([]);
    expect(printed.at(-1)).toContain("Terraform leaves it alone");
  });

  it.each([
    ["a newer one", 3, { 4: `${REPOSITORY}:0.1.0`, 3: IMAGES[4]!, 2: IMAGES[2]! }, 2],
    ["one between", 4, { 4: IMAGES[4]!, 3: `${REPOSITORY}:0.1.0`, 2: IMAGES[2]! }, 2],
  ] as const)("where a pipeline deploys, passes over a template of Terraform's: %s", async (_, runs, images, to) => {
    let current: number = runs;
    aws = await ScriptedAws.start(
      account({
        DescribeServices: () => service(current),
        ListTaskDefinitions: { taskDefinitionArns: [4, 3, 2].map(revisionArn) },
        DescribeTaskDefinition: ({ taskDefinition }) => {
          const number = Number(String(taskDefinition).split(":").at(-1)) as keyof typeof images;
          const containerDefinitions = [
            { name: "app", image: images[number], portMappings: [{ containerPort: 3000 }] },
          ];
          return { taskDefinition: { taskDefinitionArn: revisionArn(number), containerDefinitions } };
        },
        UpdateService: () => {
          current = to;
          return { service: {} };
        },
      }),
    );
    expect(await rollback(contextOf(aws, { imageParameter: undefined }).context, {})).toBe(true);
    expect(aws.inputs("UpdateService")).toEqual([
      { cluster: "crm-dev", service: "crm-dev", taskDefinition: revisionArn(to) },
    ]);
  });

  it("where a pipeline deploys, asks for a revision when there is only Terraform's first one", async () => {
    aws = await ScriptedAws.start(
      account({
        DescribeServices: () => service(2),
        ListTaskDefinitions: { taskDefinitionArns: [2, 1].map(revisionArn) },
      }),
    );
    await expect(rollback(contextOf(aws, { imageParameter: undefined }).context, {})).rejects.toThrow(
      "found none. Name one with --to, or deploy the image you want with the pipeline.",
    );
  });

  it("remembers the image that runs, not the one that failed to return", async () => {
    const failed = {
      id: "ecs-svc/9",
      status: "ACTIVE",
      taskDefinition: revisionArn(3),
      rolloutState: "FAILED",
      rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
    };
    let updated = false;
    aws = await ScriptedAws.start(
      account({
        UpdateService: () => {
          updated = true;
          return { service: {} };
        },
        DescribeServices: () => service(4, "COMPLETED", updated ? [failed] : []),
        ListTasks: { taskArns: [] },
      }),
    );
    await expect(rollback(contextOf(aws).context, {})).rejects.toThrow(
      "crm-dev: expected revision 3 to become steady, but the deployment failed: ECS deployment circuit breaker: tasks failed to start.\nECS rolled back, and revision 4 runs.",
    );
    expect(aws.inputs("PutParameter")).toEqual([]);
    expect(aws.inputs("DeregisterTaskDefinition")).toEqual([]);
  });

  it.each([
    [
      "there is no other image",
      { ListTaskDefinitions: { taskDefinitionArns: [4].map(revisionArn) } },
      {},
      `crm-dev: expected an earlier revision of crm-dev with another image than ${IMAGES[4]}, found none. Deploy the image you want: \`make deploy IMAGE=sha256:…\`.`,
    ],
    [
      "the revision does not exist",
      {},
      { to: 9 },
      "--to: expected an active revision of crm-dev (4, 3, 2, 1), got 9. A deregistered revision cannot be run again: deploy its image.",
    ],
    [
      "nothing is deployed",
      { DescribeServices: new AwsFault("ClusterNotFoundException", "Cluster not found.") },
      {},
      "crm-dev: expected the service crm-dev in the cluster crm-dev, found none: nothing is deployed there. Run `make deploy`.",
    ],
  ] as const)("is refused when %s", async (_, changes, options, message) => {
    aws = await ScriptedAws.start(account(changes));
    await expect(rollback(contextOf(aws).context, options)).rejects.toThrow(message);
    expect(aws.inputs("UpdateService")).toEqual([]);
  });
});

describe("what the parameter holds", () => {
  it.each([
    [`${REPOSITORY}:0.1.0`, "0.1.0"],
    [`${REPOSITORY}@${digestOf("a")}`, `0.1.0@${digestOf("a")}`],
    [`${REPOSITORY}:0.0.9`, "0.1.0:0.0.9"],
  ])("for %s is %s, which means the same image", (image, value) => {
    expect(toRemember(target, image)).toBe(value);
    expect(imageOf(target, value)).toBe(image);
  });

  it.each([undefined, "0.0.9", `0.1.05@${digestOf("a")}`])("means the release when it is %s", (value) => {
    expect(imageOf(target, value)).toBe(`${REPOSITORY}:0.1.0`);
  });
});
