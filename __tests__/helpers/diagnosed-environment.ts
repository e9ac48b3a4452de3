import {
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { DeleteMetricFilterCommand, PutMetricFilterCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSecurityGroupsCommand, RevokeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import {
  DeregisterTargetsCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { DeleteSecretCommand, ListSecretsCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { contract } from "../../app/contract";
import { type Environment } from "../../environments";
import { Account } from "../../tools/doctor/account/account";
import { type Check } from "../../tools/doctor/check";
import { doctorClients } from "../../tools/doctor/clients";
import { DOCTOR_CHECKS } from "../../tools/doctor/doctor-checks";
import { type Outcome } from "../../tools/doctor/finding";
import { findingsOf } from "../../tools/doctor/report";
import { runChecks } from "../../tools/doctor/run-checks";
import { DeclaredStack } from "../../tools/doctor/stack/declared";
import { verifyChecks } from "../../tools/doctor/verify-checks";
import { readTarget } from "../../tools/deploy/target/read-target";
import { type Json } from "../../tools/terraform/json";
import { useCredentials } from "../tools/deploy/fixtures";
import { type Applied } from "./deployed-environment";
import { DeployedStack } from "./deployed-stack";

/** The simulator knows no quotas of Fargate, decides no policies and stores no image configurations. */
const NOT_SIMULATED = ["quotas", "secret-access", "image"];
const TARGETS = ["10.10.0.10", "10.10.0.11"].map((Id) => ({ Id, Port: contract.container.port }));

export interface Diagnosed extends Applied {
  /** Synth output folder. */
  readonly out: string;
}

/** Declares that an applied environment is healthy for `make doctor` and `make verify`, and that what is broken by hand is found. */
export function describeDiagnosedEnvironment(environment: Environment, applied: () => Diagnosed): void {
  const name = `${contract.name}-${environment.name}`;
  const deployed = () => new DeployedStack(applied().aws, name);
  useCredentials();

  async function outcomesOf(checks: readonly Check[]): Promise<readonly Outcome[]> {
    const { out, json, root } = applied();
    const account = new Account({
      target: readTarget(out, name),
      stack: new DeclaredStack(JSON.parse(json) as Json),
      aws: doctorClients({ region: environment.region, endpoint: root.simulator.endpoint }),
      names: { addresses: () => Promise.resolve([]) },
      now: () => Date.now(),
    });
    const simulated = checks.filter((check) => !NOT_SIMULATED.includes(check.name));
    return runChecks(account, simulated, () => undefined);
  }

  const findings = async () => findingsOf(await outcomesOf(DOCTOR_CHECKS));

  it("has a finding while no task is a target", async () => {
    expect((await findings()).map(({ what }) => what)).toEqual([
      expect.stringMatching(/^2 of 2 tasks are not registered in /),
    ]);
  });

  it("is healthy once its tasks are targets", async () => {
    const { TargetGroupArn } = await deployed().targetGroup();
    await applied().aws.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: TARGETS }));
    const outcomes = await outcomesOf(DOCTOR_CHECKS);
    expect(findingsOf(outcomes)).toEqual([]);
    expect(outcomes.filter(({ state }) => state === "not checked")).toEqual([]);
  });

  it("is ready for a deployment", async () => {
    const outcomes = await outcomesOf(verifyChecks(undefined));
    expect(findingsOf(outcomes)).toEqual([]);
    expect(outcomes.filter(({ state }) => state === "not checked")).toEqual([]);
  });

  it.each<[string, string, (of: Diagnosed, stack: DeployedStack) => Promise<() => Promise<unknown>>]>([
    ["stickiness that was turned off", "stickiness", turnOffStickiness],
    ["a shorter idle timeout", "idle-timeout", shortenIdleTimeout],
    ["a task that left the target group", "targets", deregisterTarget],
    ["a secret that was deleted", "secrets", (of) => deleteSecret(of, name)],
    ["a metric filter that was deleted", "metric-filter", (of) => deleteMetricFilter(of, name)],
    ["an alarm that was silenced", "alarms", (of) => silenceAlarm(of, `${name}-high-cpu`)],
    ["an alarm that is on", "alarms", (of) => turnOnAlarm(of, `${name}-high-cpu`)],
    ["an alarm that was deleted", "alarms", (of) => deleteAlarm(of, `${name}-high-cpu`)],
    ["a remembered image that does not run", "image-drift", (of) => rememberAnother(of, name)],
    // Last, because Terraform would not know the rule that mends it.
    ["a rule of the database that was revoked", "security-groups", (of) => revokeIngress(of, `${name}-db`)],
  ])("finds %s, and nothing else", async (_, check, breakIt) => {
    const mend = await breakIt(applied(), deployed());
    expect((await findings()).map((finding) => finding.check)).toEqual([check]);
    await mend();
  });
}

async function turnOffStickiness({ aws }: Applied, stack: DeployedStack) {
  const { TargetGroupArn } = await stack.targetGroup();
  const set = (Value: string) =>
    aws.elb.send(
      new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key: "stickiness.enabled", Value }] }),
    );
  await set("false");
  return () => set("true");
}

async function shortenIdleTimeout({ aws }: Applied, stack: DeployedStack) {
  const { LoadBalancerArn } = await stack.loadBalancer();
  const Key = "idle_timeout.timeout_seconds";
  const set = (Value: string) =>
    aws.elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn, Attributes: [{ Key, Value }] }));
  await set("30");
  return () => set("60");
}

async function deregisterTarget({ aws }: Applied, stack: DeployedStack) {
  const { TargetGroupArn } = await stack.targetGroup();
  const Targets = TARGETS.slice(0, 1);
  await aws.elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets }));
  return () => aws.elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
}

async function revokeIngress({ aws }: Applied, groupName: string) {
  const Filters = [{ Name: "group-name", Values: [groupName] }];
  const { SecurityGroups = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const [{ GroupId, IpPermissions } = {}] = SecurityGroups;
  await aws.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  return () => Promise.resolve();
}

async function deleteSecret({ aws }: Applied, name: string) {
  const { SecretList = [] } = await aws.secrets.send(new ListSecretsCommand({}));
  const SecretId = SecretList.find((secret) => secret.Name === `${name}/nextauth-secret`)!.ARN;
  await aws.secrets.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  return () => aws.secrets.send(new RestoreSecretCommand({ SecretId }));
}

async function deleteMetricFilter({ aws }: Applied, name: string) {
  const { connectedMetric: filterName, connectedLine } = contract.logs;
  const logGroupName = `/ecs/${name}`;
  await aws.logs.send(new DeleteMetricFilterCommand({ logGroupName, filterName }));
  const metric = { metricName: filterName, metricNamespace: `${contract.metrics.namespace}/${name}`, metricValue: "1" };
  return () =>
    aws.logs.send(
      new PutMetricFilterCommand({
        logGroupName,
        filterName,
        filterPattern: `"${connectedLine}"`,
        metricTransformations: [{ ...metric, defaultValue: 0 }],
      }),
    );
}

/** As `aws cloudwatch disable-alarm-actions`, which the simulator does not have. */
async function silenceAlarm({ aws }: Applied, name: string) {
  const alarm = await metricAlarm(aws, name);
  await aws.cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, ActionsEnabled: false }));
  return () => aws.cloudwatch.send(new PutMetricAlarmCommand(alarm));
}

async function turnOnAlarm({ aws }: Applied, AlarmName: string) {
  const set = (StateValue: "ALARM" | "OK") =>
    aws.cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "a test" }));
  await set("ALARM");
  return () => set("OK");
}

async function deleteAlarm({ aws }: Applied, name: string) {
  const alarm = await metricAlarm(aws, name);
  await aws.cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
  return () => aws.cloudwatch.send(new PutMetricAlarmCommand(alarm));
}

async function metricAlarm({ cloudwatch }: Applied["aws"], name: string): Promise<PutMetricAlarmCommandInput> {
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms[0] as PutMetricAlarmCommandInput;
}

async function rememberAnother({ aws }: Applied, name: string) {
  const set = (Value: string) =>
    aws.ssm.send(new PutParameterCommand({ Name: `/${name}/deployed/image`, Value, Type: "String", Overwrite: true }));
  await set(`0.1.0@sha256:${"9".repeat(64)}`);
  return () => set("0.1.0");
}
