import { ScheduledTask, type ScheduledTaskProps } from "../../../modules/scheduled-task";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { parsed, type Template } from "../../helpers/template";
import { IMAGE } from "../fargate-service/fixture";

export const TOPIC = "arn:aws:sns:ap-northeast-1:123456789012:oncall";

export const minimal: ScheduledTaskProps = {
  name: "crm-nightly",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    taskSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    assignPublicIp: false,
  },
  image: IMAGE,
  command: ["node", "nightly.js"],
  schedule: "cron(0 3 * * ? *)",
  timezone: "Asia/Tokyo",
};

/** Synthesizes the task with the minimal props and these. */
export function nightly(
  props: Partial<ScheduledTaskProps> = {},
  use: (task: ScheduledTask) => void = () => {},
): Template {
  return synthesize((stack) => use(new ScheduledTask(stack, "nightly", { ...minimal, ...props })));
}

/** Returns the lines of the error for these props, of any type. */
export function refused(props: object): string[] {
  const lines = refusal((stack) => void new ScheduledTask(stack, "nightly", { ...minimal, ...props }));
  return lines.map((line) => line.replace("[test/nightly] ", ""));
}

export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly TimeoutSeconds?: number;
  readonly Choices?: readonly { readonly Variable: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly ItemProcessor?: { readonly States: Readonly<Record<string, State>> };
}

export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export function machineOf(template: Template): Machine {
  return parsed(template.only("aws_sfn_state_machine")["definition"]) as Machine;
}
