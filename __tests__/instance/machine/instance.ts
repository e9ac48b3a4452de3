import { contract } from "../../../app/contract";
import { type InstanceProps, renderScript } from "../../../modules/ec2-service/instance";
import { freePort } from "../../../tools/servers/free-port";
import { appEnvironmentVariables } from "../../helpers/app-environment-variables";
import { AwsStandIn } from "./aws-stand-in";
import { type Ground } from "./ground";
import { Machine } from "./machine";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret`;
/** A JSON secret, of which the processes take one key. */
const JSON_SECRET = `${SECRET}:crm/ticket-AbCdEf`;
const PARAMETER = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/crm/visitor`;
const MASTER = `${SECRET}:rds!db-AbCdEf`;

/** One instance of pattern B: a machine that runs the user data, and what AWS is to it. */
export class Instance {
  private constructor(
    readonly machine: Machine,
    readonly aws: AwsStandIn,
    readonly props: InstanceProps,
  ) {}

  /** Starts the machine; `machine.boot` runs the user data. */
  static async start(ground: Ground, over: Partial<InstanceProps> = {}): Promise<Instance> {
    const aws = await AwsStandIn.start(ground.image);
    try {
      const props = { ...(await propsOf(ground, aws)), ...over };
      return new Instance(await Machine.start(aws.url, renderScript(props)), aws, props);
    } catch (error) {
      await aws.close();
      throw error;
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.props.entrancePort}`;
  }

  /** What the instance told the group, hook and result each. */
  get completedHooks(): string[] {
    const completed = / --lifecycle-hook-name (\S+) --lifecycle-action-result (\S+)/;
    return this.aws
      .called("autoscaling complete-lifecycle-action")
      .map((command) => completed.exec(command)?.slice(1).join(" ") ?? command);
  }

  /** Replaces the value of the secret that encrypts cookies, as a rotation does: both are valid. */
  rotate(): void {
    const [arn = ""] = Object.values(this.props.secrets);
    this.aws.secrets.set(arn, `${"rotated".padEnd(48, "-")},${this.aws.secrets.get(arn)}`);
  }

  async kill(): Promise<void> {
    await this.machine.kill();
    await this.aws.close();
  }
}

async function propsOf({ postgres, redis, image, sitePort }: Ground, aws: AwsStandIn): Promise<InstanceProps> {
  const { container, database, secrets } = contract;
  const variables: Record<string, string> = appEnvironmentVariables(sitePort, postgres.urlOf(database.name), redis);
  const secretNames = Object.keys(secrets);
  const sources = Object.fromEntries(secretNames.map((name) => [name, `${SECRET}:crm/${name}-AbCdEf`]));
  for (const name of secretNames) aws.secrets.set(sources[name]!, variables[name]!);
  sources["SOCKET_TICKET_SECRET"] = `${JSON_SECRET}:value::`;
  aws.secrets.set(JSON_SECRET, JSON.stringify({ value: variables["SOCKET_TICKET_SECRET"] }));
  sources["VISITOR_TOKEN_SECRET"] = PARAMETER;
  aws.secrets.set(PARAMETER, variables["VISITOR_TOKEN_SECRET"]!);
  const { username, password } = new URL(postgres.url);
  aws.secrets.set(MASTER, JSON.stringify({ username, password }));
  const { pingIntervalSec: pingInterval, pingTimeoutSec: pingTimeout } = container.socket.heartbeat;
  return {
    name: "crm-test",
    region: REGION,
    image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/crm@${image.digest}`,
    migration: {
      command: container.migrateCommand,
      secrets: { DATABASE_MASTER_CREDENTIALS: MASTER },
      timeoutSec: container.migrateSec,
    },
    entrancePort: await freePort(),
    processes: 2,
    firstProcessPort: await freePort(),
    environment: Object.fromEntries(Object.entries(variables).filter(([name]) => !secretNames.includes(name))),
    secrets: sources,
    healthPath: container.health.path,
    socketPath: container.socket.path,
    heartbeatSec: { pingInterval, pingTimeout },
    maxMessageBytes: container.socket.maxPayloadBytes,
    keepAliveTimeoutSec: container.http.keepAliveTimeoutSec,
    bootSec: container.bootSec,
    drainSec: container.drain.shutdownSec,
    autoScalingGroupName: "crm-test",
    lifecycleHooks: { launching: "launching", terminating: "terminating" },
    logGroupName: "/crm-test/app",
    metricsNamespace: "crm-test/instances",
  };
}
