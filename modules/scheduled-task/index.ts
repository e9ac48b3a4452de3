export { type ScheduledTaskProps } from "./props";
export { ScheduledTask } from "./scheduled-task";
