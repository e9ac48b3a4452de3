import { scale } from "../../../tools/deploy/commands/scale";
import { type ScaleRequest } from "../../../tools/deploy/scaling/scale-plan";
import { type Target } from "../../../tools/deploy/target/target";
import { contextOf, revisionArn, useCredentials } from "./fixtures";
import { type Answer, AwsFault, type Script, ScriptedAws } from "./scripted-aws";

useCredentials();

const RESOURCE = {
  ServiceNamespace: "ecs",
  ResourceId: "service/crm-dev/crm-dev",
  ScalableDimension: "ecs:service:DesiredCount",
};
const scaled: Partial<Target> = { scaling: { min: 2, max: 8 } };

/** A service with two tasks, which starts and stops them at the next look. */
function account({ min = 2, max = 8 } = {}, changes: Script = {}): Script {
  let desired = 2;
  let running = 2;
  return {
    DescribeServices: (): Answer => {
      const answer = {
        services: [
          {
            status: "ACTIVE",
            desiredCount: desired,
            runningCount: running,
            taskDefinition: revisionArn(4),
            deployments: [
              {
                id: "ecs-svc/4",
                status: "PRIMARY",
                taskDefinition: revisionArn(4),
                desiredCount: desired,
                runningCount: running,
              },
            ],
          },
        ],
      };
      running = desired;
      return answer;
    },
    DescribeScalableTargets: { ScalableTargets: [{ MinCapacity: min, MaxCapacity: max }] },
    RegisterScalableTarget: {},
    UpdateService: (input): Answer => {
      desired = Number(input["desiredCount"]);
      return { service: {} };
    },
    ...changes,
  };
}

let aws: ScriptedAws;
afterEach(() => aws.stop());

const request = (given: Partial<ScaleRequest>): ScaleRequest => ({ reset: false, ...given });

it("raises the limits and the number of tasks at once, and says what the next apply does", async () => {
  aws = await ScriptedAws.start(account());
  const { context, printed, questions } = contextOf(aws, scaled);
  expect(await scale(context, request({ min: 6 }))).toBe(true);
  expect(aws.inputs("RegisterScalableTarget")).toEqual([{ ...RESOURCE, MinCapacity: 6, MaxCapacity: 8 }]);
  expect(aws.inputs("UpdateService")).toEqual([{ cluster: "crm-dev", service: "crm-dev", desiredCount: 6 }]);
  expect(questions).toEqual(["Scale?"]);
  expect(printed).toEqual([
    "Scale crm-dev (account 123456789012, ap-northeast-1), without Terraform",
    "  limits  2 to 8 tasks -> 6 to 8",
    "  tasks   2 -> 6",
    "  00:00  revision 4: 2 of 6 running",
    "  00:05  revision 4: 6 of 6 running",
    "crm-dev runs 6 tasks; the autoscaler chooses between 6 to 8.",
    "Temporary: Terraform's next plan shows it, and the next apply returns to 2 to 8. To keep it: service: { minCount: 6, maxCount: 8 } in environments/dev.ts. To return now: make scale ENV=crm-dev ARGS=--reset",
  ]);
});

it("returns to the environment's limits", async () => {
  aws = await ScriptedAws.start(account({ min: 6, max: 12 }));
  const { context, printed } = contextOf(aws, scaled);
  expect(await scale(context, request({ reset: true }))).toBe(true);
  expect(aws.inputs("RegisterScalableTarget")).toEqual([{ ...RESOURCE, MinCapacity: 2, MaxCapacity: 8 }]);
  expect(printed.at(-1)).toBe("These are the environment's own limits: Terraform's next apply leaves them alone.");
});

it("changes nothing the second time", async () => {
  aws = await ScriptedAws.start(account());
  const { context, printed, questions } = contextOf(aws, scaled);
  expect(await scale(context, request({ min: 2, max: 8 }))).toBe(true);
  expect(questions).toEqual([]);
  expect(aws.inputs("RegisterScalableTarget")).toEqual([]);
  expect(printed[0]).toBe("crm-dev has 2 to 8 tasks and runs 2: nothing to do.");
});

it("runs more tasks without changing the limits", async () => {
  aws = await ScriptedAws.start(account());
  await scale(contextOf(aws, scaled).context, request({ desired: 5 }));
  expect(aws.inputs("RegisterScalableTarget")).toEqual([]);
  expect(aws.inputs("UpdateService")).toEqual([{ cluster: "crm-dev", service: "crm-dev", desiredCount: 5 }]);
});

it.each<[string, Partial<ScaleRequest>, string]>([
  ["connections close", { min: 1, max: 1 }, "Tasks that drain: 1. Their connections close within 100 s"],
  ["nothing is redundant", { min: 1 }, "A single task: when it ends, every connection ends with it."],
  ["nobody can connect", { min: 0, desired: 0 }, "No task: nobody can connect until it is scaled again."],
  [
    "it is more than was checked",
    { max: 20 },
    "More than 8 tasks: connections of the database and quotas were checked",
  ],
])("warns that %s", async (_, given, text) => {
  aws = await ScriptedAws.start(account());
  const { context, printed } = contextOf(aws, scaled, false);
  expect(await scale(context, request(given))).toBe(false);
  expect(printed.join("\n")).toContain(text);
  expect(printed.at(-1)).toBe("Nothing was changed.");
  expect(aws.inputs("RegisterScalableTarget")).toEqual([]);
});

it.each<[string, Partial<ScaleRequest>, Partial<Target>, string]>([
  [
    "MIN above MAX",
    { min: 9 },
    scaled,
    "scale: expected MIN to be at most MAX, got MIN 9 and MAX 8. Pass both, such as MIN=9 MAX=9.",
  ],
  [
    "DESIRED outside",
    { desired: 9 },
    scaled,
    "DESIRED: expected 2 to 8, since the autoscaler would change any other number back, got 9.",
  ],
  ["no number", {}, scaled, "scale: expected MIN, MAX, DESIRED or --reset, got none."],
  [
    "a number beside --reset",
    { min: 3, reset: true },
    scaled,
    "--reset: expected no --min, --max or --desired beside it",
  ],
  ["no autoscaling", { min: 3 }, {}, "crm-dev: expected a service with autoscaling, got one without."],
])("refuses %s", async (_, given, changes, message) => {
  aws = await ScriptedAws.start(account());
  await expect(scale(contextOf(aws, changes).context, request(given))).rejects.toThrow(message);
  expect(aws.inputs("RegisterScalableTarget")).toEqual([]);
});

it("says so when the tasks do not start", async () => {
  const never = {
    services: [{ status: "ACTIVE", desiredCount: 6, runningCount: 2, taskDefinition: revisionArn(4), deployments: [] }],
  };
  let asked = false;
  const script = account();
  aws = await ScriptedAws.start({
    ...script,
    UpdateService: () => {
      asked = true;
      return { service: {} };
    },
    DescribeServices: () => (asked ? never : (script["DescribeServices"] as () => Answer)()),
  });
  await expect(scale(contextOf(aws, scaled).context, request({ min: 6 }))).rejects.toThrow(
    "crm-dev: expected 6 running tasks within 600 s, got 2. The limits are changed, and ECS keeps trying.",
  );
});

it("passes on that it is not allowed", async () => {
  const fault = new AwsFault("AccessDeniedException", "not authorized: application-autoscaling:RegisterScalableTarget");
  aws = await ScriptedAws.start(account({}, { RegisterScalableTarget: fault }));
  await expect(scale(contextOf(aws, scaled).context, request({ min: 6 }))).rejects.toThrow("not authorized");
  expect(aws.inputs("UpdateService")).toEqual([]);
});
