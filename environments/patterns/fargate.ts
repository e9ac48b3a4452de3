import * as z from "zod";
import { oneOf } from "../fields";
import { entrance, sharedFields } from "../shared-fields";
import { cache } from "./cache";

/** Pattern A: tasks on Fargate behind a load balancer, with a cache for fan-out between them. */
export const fargate = z.strictObject({
  pattern: z.literal("fargate"),
  ...sharedFields,
  entrance,
  /**
   * Who registers task definitions and updates the service: `terraform`, the default, or a `pipeline` such as ecspresso or GitHub's actions,
   * whose revisions no apply replaces. See docs/adr/0015-who-owns-the-image.md.
   */
  deployedBy: oneOf(["terraform", "pipeline"], "See docs/adr/0015-who-owns-the-image.md for each.").optional(),
  cache,
  service: z.strictObject({
    /** CPU units of a task; 1024 are one vCPU. */
    cpu: z.number(),
    /** Memory of a task, in MiB. */
    memoryMiB: z.number(),
    /** Lowest number of tasks. */
    minCount: z.number(),
    /** Highest number of tasks. */
    maxCount: z.number(),
    /** Open connections per task above which tasks are added. */
    connectionsPerTask: z.number(),
    /** Whether all tasks but the first run on FARGATE_SPOT: up to 70 % cheaper, stopped at two minutes' notice. */
    spot: z.boolean(),
  }),
});
