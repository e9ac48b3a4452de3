import { Token } from "cdktf";
import { container, containers, reference, statements } from "../fargate-service/fixture";
import { parsed } from "../../helpers/template";
import { machineOf, nightly, TOPIC } from "./fixture";

describe("a scheduled task with its defaults", () => {
  const template = nightly({ alarmTopicArn: TOPIC });

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudwatch_log_group: 1,
      aws_cloudwatch_metric_alarm: 2,
      aws_ecs_cluster: 1,
      aws_ecs_cluster_capacity_providers: 1,
      aws_ecs_task_definition: 1,
      aws_iam_role: 4,
      aws_iam_role_policy: 3,
      aws_scheduler_schedule: 1,
      aws_scheduler_schedule_group: 1,
      aws_security_group: 1,
      aws_sfn_state_machine: 1,
      aws_vpc_security_group_egress_rule: 1,
    });
  });

  it("starts the state machine at exactly the time of the zone", () => {
    const { depends_on: dependsOn, ...schedule } = template.only("aws_scheduler_schedule");
    expect(schedule).toEqual({
      name: "crm-nightly",
      group_name: reference(template, "aws_scheduler_schedule_group", "nightly/schedule-group", "name"),
      schedule_expression: "cron(0 3 * * ? *)",
      schedule_expression_timezone: "Asia/Tokyo",
      state: "ENABLED",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: reference(template, "aws_sfn_state_machine", "nightly/state-machine", "arn"),
        role_arn: reference(template, "aws_iam_role", "nightly/schedule-role", "arn"),
        input: "{}",
        retry_policy: { maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 10 },
      },
    });
    expect(dependsOn).toEqual([expect.stringMatching(/^aws_iam_role_policy\.nightly_schedule-policy/)]);
  });

  it("runs the container of a service, which listens nowhere", () => {
    expect(containers(template)).toHaveLength(1);
    const app = container(template, "app");
    expect(app).toMatchObject({ command: ["node", "nightly.js"], readonlyRootFilesystem: true, stopTimeout: 30 });
    expect(app).not.toHaveProperty("portMappings");
    expect(app).not.toHaveProperty("healthCheck");
  });

  it("creates the state machine after everything that its first run needs", () => {
    expect(template.only("aws_sfn_state_machine")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_ecs_cluster_capacity_providers\./),
      expect.stringMatching(/^aws_iam_role_policy\.nightly_execution-policy/),
      expect.stringMatching(/^aws_vpc_security_group_egress_rule\./),
      expect.stringMatching(/^aws_iam_role_policy\.nightly_state-machine-policy/),
    ]);
  });

  it("alarms on runs that fail and on runs that do not start", () => {
    const watched = Object.values(template.resources("aws_cloudwatch_metric_alarm")).map((alarm) => [
      alarm["alarm_name"],
      alarm["namespace"],
      alarm["metric_name"],
      alarm["dimensions"],
      alarm["alarm_actions"],
    ]);
    const machine = reference(template, "aws_sfn_state_machine", "nightly/state-machine", "arn");
    const group = reference(template, "aws_scheduler_schedule_group", "nightly/schedule-group", "name");
    expect(watched).toEqual([
      ["crm-nightly-failed", "AWS/States", "ExecutionsFailed", { StateMachineArn: machine }, [TOPIC]],
      ["crm-nightly-not-started", "AWS/Scheduler", "InvocationDroppedCount", { ScheduleGroup: group }, [TOPIC]],
    ]);
  });
});

describe("the state machine", () => {
  const { StartAt, States } = machineOf(nightly({ timeoutSec: 900 }));

  it("looks first whether the task runs, and leaves it alone if so", () => {
    expect(StartAt).toBe("ListRunning");
    expect(States["ListRunning"]).toMatchObject({
      Resource: expect.stringMatching(/:states:::aws-sdk:ecs:listTasks$/) as string,
      Parameters: { Family: "crm-nightly", DesiredStatus: "RUNNING" },
      ResultPath: "$.running",
      Next: "RunsAlready",
    });
    expect(States["RunsAlready"]).toMatchObject({
      Choices: [{ Variable: "$.running.TaskArns[0]", IsPresent: true, Next: "Skipped" }],
      Default: "Run",
    });
    expect(States["Skipped"]?.Type).toBe("Succeed");
  });

  it("waits for the end of the run, and fails when it fails", () => {
    expect(States["Run"]).toMatchObject({
      Resource: expect.stringMatching(/:states:::ecs:runTask\.sync$/) as string,
      TimeoutSeconds: 900,
      End: true,
      Parameters: {
        LaunchType: "FARGATE",
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
            AssignPublicIp: "DISABLED",
          },
        },
      },
    });
  });

  it("stops a run that takes too long, and fails", () => {
    expect(States["Run"]?.Catch).toEqual([
      { ErrorEquals: ["States.Timeout"], ResultPath: "$.error", Next: "ListOverdue" },
    ]);
    expect(States["ListOverdue"]?.Next).toBe("StopOverdue");
    expect(States["StopOverdue"]).toMatchObject({ Type: "Map", ItemsPath: "$.overdue.TaskArns", Next: "TimedOut" });
    expect(States["StopOverdue"]?.ItemProcessor?.States["Stop"]?.Parameters).toMatchObject({ "Task.$": "$" });
    expect(States["TimedOut"]?.Type).toBe("Fail");
  });

  it("names no state that there is not, and reaches each", () => {
    const next = Object.values(States).flatMap((state) => [
      ...(state.Next === undefined ? [] : [state.Next]),
      ...(state.Default === undefined ? [] : [state.Default]),
      ...(state.Choices ?? []).map((choice) => choice.Next),
      ...(state.Catch ?? []).map((caught) => caught.Next),
    ]);
    expect(new Set([StartAt, ...next])).toEqual(new Set(Object.keys(States)));
  });

  it("splits a list of subnets that is known only at apply", () => {
    const taskSubnetIds = Token.asList({ resolve: () => "${var.subnets}", creationStack: [] });
    const template = nightly({ network: { vpcId: "vpc-0123456789abcdef0", taskSubnetIds, assignPublicIp: true } });
    const run = machineOf(template).States["Run"]?.Parameters;
    expect(run).toMatchObject({
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          "Subnets.$": expect.stringMatching(/^States\.StringSplit\('\$\{local\.[\w-]+\}', ','\)$/) as string,
          AssignPublicIp: "ENABLED",
        },
      },
    });
  });
});

describe("settings", () => {
  it("leaves a schedule that is off in place", () => {
    expect(nightly({ enabled: false }).only("aws_scheduler_schedule")["state"]).toBe("DISABLED");
  });

  it("gives a rate no time zone", () => {
    const { schedule_expression_timezone: zone } = nightly({ schedule: "rate(1 hour)", timezone: undefined }).only(
      "aws_scheduler_schedule",
    );
    expect(zone).toBeUndefined();
  });

  it("runs in a cluster that exists", () => {
    const cluster = { arn: "arn:aws:ecs:ap-northeast-1:123456789012:cluster/shared", name: "shared" };
    const template = nightly({ cluster });
    expect(template.count("aws_ecs_cluster")).toBe(0);
    expect(machineOf(template).States["Run"]?.Parameters?.["Cluster"]).toBe(cluster.arn);
  });

  it("starts no run without a policy that was added", () => {
    const template = nightly({}, (task) =>
      task.addTaskPolicy("uploads", [
        { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm-uploads/*" },
      ]),
    );
    expect(template.only("aws_sfn_state_machine")["depends_on"]).toContainEqual(
      expect.stringMatching(/^aws_iam_role_policy\.nightly_task-policy-uploads/),
    );
  });

  it("names its alarms, its state machine and its schedule for others", () => {
    nightly({}, (task) => {
      expect(task.alarmNames).toEqual(["crm-nightly-failed", "crm-nightly-not-started"]);
      expect(task.taskFamily).toBe("crm-nightly");
    });
  });
});

describe("permissions", () => {
  const template = nightly();

  it("lets the state machine run the tasks of this family in this cluster, with their roles, and nothing else", () => {
    const allowed = statements(template, "nightly/state-machine-policy");
    const cluster = reference(template, "aws_ecs_cluster", "nightly/cluster", "arn");
    expect(Object.keys(allowed)).toEqual([
      "RunTask",
      "TagTask",
      "PassTaskRoles",
      "ListTasks",
      "WatchAndStopTasks",
      "HearOfStoppedTasks",
    ]);
    expect(allowed["RunTask"]).toMatchObject({
      Resource: expect.stringMatching(/:task-definition\/crm-nightly:\*$/) as string,
      Condition: { ArnEquals: { "ecs:cluster": cluster } },
    });
    expect(allowed["PassTaskRoles"]).toMatchObject({
      Resource: [
        reference(template, "aws_iam_role", "nightly/execution-role", "arn"),
        reference(template, "aws_iam_role", "nightly/task-role", "arn"),
      ],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
  });

  it("trusts the scheduler for its own group only", () => {
    const { Statement } = parsed(template.resource("aws_iam_role", "nightly/schedule-role")["assume_role_policy"]) as {
      Statement: object[];
    };
    expect(Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: "scheduler.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": expect.any(String) as string },
          ArnLike: { "aws:SourceArn": expect.stringMatching(/:schedule-group\/crm-nightly$/) as string },
        },
      }),
    ]);
  });
});
