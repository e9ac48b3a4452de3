import { alarmSubscriptions } from "../../../stacks/alarm-subscriptions";
import { type Examples } from "./example";

export const stackExamples: Examples = {
  "stacks/alarm-addresses": (stack) => alarmSubscriptions(stack, ["on.call@example.com", "on-call@example.com"]),
};
