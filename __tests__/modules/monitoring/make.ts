import { Monitoring, type MonitoringProps } from "../../../modules/monitoring";
import { synthesize } from "../../helpers/synth";
import { type Block } from "../../helpers/template";
import { everything, TOPIC_ARN } from "./fixture";

export const monitoring = (props: Partial<MonitoringProps> = {}) =>
  synthesize((stack) => void new Monitoring(stack, "monitoring", { ...everything, ...props }));

export const only = (props: Omit<MonitoringProps, "name">) =>
  synthesize(
    (stack) => void new Monitoring(stack, "monitoring", { name: "crm-prod", alarmTopicArn: TOPIC_ARN, ...props }),
  );

export interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly return_data: boolean;
  readonly metric?: { metric_name: string; namespace: string; dimensions: object; stat: string; period: number };
}

export const queries = (alarm: Block) => alarm["metric_query"] as Query[];
