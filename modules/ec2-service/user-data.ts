import { type Construct } from "constructs";
import { Checks } from "../core/checks";
import { valueFrom, type SecretVariables } from "../ecs/secrets";
import { type CompleteEc2ServiceProps } from "./defaults";
import { HOOKS } from "./group";
import { encodeUserData, MAX_USER_DATA_BYTES, renderScript, renderUserData, userDataBytes } from "./instance";

export interface UserDataInputs {
  readonly region: string;
  readonly autoScalingGroupName: string;
  readonly logGroupName: string;
}

/** Returns the user data of the instances, encoded. Everything that an instance runs is in it or named by it. */
export function createUserData(scope: Construct, props: CompleteEc2ServiceProps, inputs: UserDataInputs): string {
  const { heartbeat, loadBalancer, migration } = props;
  const instance = {
    ...props,
    ...inputs,
    entrancePort: loadBalancer.containerPort,
    secrets: references(props.secrets),
    migration: migration && { ...migration, secrets: references(migration.secrets) },
    heartbeatSec: { pingInterval: heartbeat.pingIntervalSec, pingTimeout: heartbeat.pingTimeoutSec },
    lifecycleHooks: HOOKS,
  };
  requireSize(scope, userDataBytes(renderScript(instance)));
  return encodeUserData(scope, "user-data", renderUserData(instance));
}

/** @throws ConfigurationError when EC2 would refuse the launch template */
function requireSize(scope: Construct, bytes: number): void {
  const checks = new Checks(scope);
  checks.require(bytes <= MAX_USER_DATA_BYTES, {
    code: "ec2-service/user-data-size",
    prop: "environment",
    expected: `at most ${MAX_USER_DATA_BYTES / 1024} KB of user data, compressed, together with secrets and migration`,
    got: `about ${Math.ceil(bytes / 1024)} KB`,
    remedy: "Move long values into a parameter or a secret, and name them in secrets.",
  });
  checks.throwIfInvalid();
}

function references(secrets: SecretVariables): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, source]) => [name, valueFrom(source)]));
}
