import { ScheduledTask, type ScheduledTaskProps } from "../../../modules/scheduled-task";
import { type Examples } from "./example";

const valid: ScheduledTaskProps = {
  name: "crm-nightly",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/messenger-crm:1.4.0",
  command: ["node", "nightly.js"],
  schedule: "cron(0 3 * * ? *)",
  timezone: "Asia/Tokyo",
};

export const scheduledTaskExamples: Examples = {
  "scheduled-task/time-zone-of-rate": (stack) =>
    new ScheduledTask(stack, "nightly", { ...valid, schedule: "rate(1 day)" }),
};
