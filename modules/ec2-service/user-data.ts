import { type Construct } from "constructs";
import { valueFrom, type SecretVariables } from "../ecs/secrets";
import { type CompleteEc2ServiceProps } from "./defaults";
import { HOOKS } from "./group";
import { encodeUserData, renderUserData } from "./instance";

export interface UserDataInputs {
  readonly region: string;
  readonly autoScalingGroupName: string;
  readonly logGroupName: string;
}

/** Returns the user data of the instances, encoded. Everything that an instance runs is in it or named by it. */
export function createUserData(scope: Construct, props: CompleteEc2ServiceProps, inputs: UserDataInputs): string {
  const { heartbeat, loadBalancer, migration } = props;
  const userData = renderUserData({
    ...props,
    ...inputs,
    entrancePort: loadBalancer.containerPort,
    secrets: references(props.secrets),
    migration: migration && { ...migration, secrets: references(migration.secrets) },
    heartbeatSec: { pingInterval: heartbeat.pingIntervalSec, pingTimeout: heartbeat.pingTimeoutSec },
    lifecycleHooks: HOOKS,
  });
  return encodeUserData(scope, "user-data", userData);
}

function references(secrets: SecretVariables): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(secrets).map(([name, source]) => [name, valueFrom(source)]));
}
