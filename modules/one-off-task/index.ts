export { OneOffTask } from "./one-off-task";
export { type OneOffTaskProps } from "./props";
