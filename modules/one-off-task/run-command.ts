import { Fn } from "cdktf";
import { PLATFORM_VERSION } from "../ecs/platform-version";
import { type TaskNetwork } from "../ecs/references";

export interface RunCommandInputs {
  readonly clusterName: string;
  readonly taskFamily: string;
  readonly securityGroupId: string;
  readonly network: TaskNetwork;
}

/** Returns the command that runs the latest revision once. Its arguments need no quoting beyond that of the network. */
export function runCommand({ clusterName, taskFamily, securityGroupId, network }: RunCommandInputs): string {
  const { taskSubnetIds, assignPublicIp } = network;
  const subnets = Fn.join(",", [...taskSubnetIds]);
  const publicIp = assignPublicIp ? "ENABLED" : "DISABLED";
  const configuration = `subnets=[${subnets}],securityGroups=[${securityGroupId}],assignPublicIp=${publicIp}`;
  return [
    "aws ecs run-task",
    `--cluster ${clusterName}`,
    `--task-definition ${taskFamily}`,
    `--launch-type FARGATE --platform-version ${PLATFORM_VERSION} --propagate-tags TASK_DEFINITION`,
    `--network-configuration 'awsvpcConfiguration={${configuration}}'`,
  ].join(" ");
}
