import { type Shape } from "../core/kinds";
import { FARGATE_TASK_PROPS, type FargateTaskProps } from "../ecs/fargate-task-props";
import { TASK_PROPS, type TaskProps } from "../ecs/task-props";

export interface OneOffTaskProps extends TaskProps, FargateTaskProps {}

export const ONE_OFF_TASK_PROPS: Shape<OneOffTaskProps> = { ...TASK_PROPS, ...FARGATE_TASK_PROPS };
