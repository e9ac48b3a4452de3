import { revisionArn } from "../../deploy/fixtures";
import { type Script } from "../../deploy/scripted-aws";
import { nowSec } from "../healthy";

export const stoppedTask = {
  taskArn: "arn:aws:ecs:ap-northeast-1:123456789012:task/crm-dev/t3",
  taskDefinitionArn: revisionArn(3),
  stopCode: "EssentialContainerExited",
  stoppedReason: "Essential container in task exited",
  stoppedAt: nowSec - 60,
  containers: [{ name: "app", exitCode: 78 }],
};
export const stopped: Script = {
  ListTasks: { taskArns: ["t3"] },
  DescribeTasks: { tasks: [stoppedTask] },
  GetLogEvents: { events: [{ message: "ALLOWED_ORIGINS: expected origins, got nothing." }] },
};
export const rolledBack = {
  deployments: [
    {
      id: "ecs-svc/4",
      status: "PRIMARY",
      taskDefinition: revisionArn(2),
      rolloutState: "COMPLETED",
      createdAt: nowSec - 100,
    },
  ],
  events: [
    { id: "e1", createdAt: nowSec - 101, message: "(deployment ecs-svc/3) deployment failed: tasks failed to start." },
  ],
};
