import { OneOffTask, type OneOffTaskProps, ScheduledTask, type ScheduledTaskProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { together } from "../helpers/transitions/sweep";
import { type Build } from "../helpers/transitions/transitions";

const ACCOUNT = "123456789012";
const REGION = "ap-northeast-1";
const ECR = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/crm`;

const nightly =
  (props: Partial<ScheduledTaskProps>): Build =>
  (scope, { name, network }) =>
    new ScheduledTask(scope, "nightly", {
      name,
      network,
      image: `${ECR}:1.0.0`,
      schedule: "cron(0 3 * * ? *)",
      timezone: "Asia/Tokyo",
      ...props,
    });

const backfill =
  (props: Partial<OneOffTaskProps>): Build =>
  (scope, { name, network }) =>
    new OneOffTask(scope, "backfill", { name, network, image: `${ECR}:1.0.0`, ...props });

itChanges([
  together<ScheduledTaskProps>("ScheduledTask", nightly, {
    schedule: "cron(30 4 ? * MON *)",
    timezone: "Europe/Paris",
    enabled: false,
    alarmTopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:oncall`,
  }),
  together<ScheduledTaskProps>("ScheduledTask", nightly, {
    image: `${ECR}:1.1.0`,
    command: ["node", "nightly.js"],
    timeoutSec: 600,
  }),
  together<OneOffTaskProps>("OneOffTask", backfill, { image: `${ECR}:1.1.0`, command: ["node", "backfill.js"] }),
]);
