import * as z from "zod";
import { text, textOf } from "../fields";
import { entrance, sharedFields } from "../shared-fields";
import { cache } from "./cache";

/** Pattern B: instances of EC2 in an Auto Scaling group behind a load balancer, with a cache for fan-out between their processes. */
export const ec2 = z.strictObject({
  pattern: z.literal("ec2"),
  ...sharedFields,
  entrance,
  cache,
  service: z.strictObject({
    /** EC2 types that may be launched, the preferred one first, all of one architecture: `["t4g.small", "t4g.medium"]`. */
    instanceTypes: z.array(text()),
    /** Amazon Machine Image to stay on; default: the newest Amazon Linux 2023, which any apply then rolls out. */
    amiId: textOf({
      test: (value) => /^ami-[0-9a-f]{8,17}$/.test(value),
      expected: "an id such as ami-0123456789abcdef0",
      remedy: "Leave it out for the newest Amazon Linux 2023.",
      code: "ec2-service/ami",
    }).optional(),
    /** Processes of the application on one instance, about one for each vCPU. */
    processes: z.number(),
    /** Lowest number of instances. */
    minCount: z.number(),
    /** Highest number of instances, above the lowest: a new instance starts before an old one ends. */
    maxCount: z.number(),
    /** Open connections per process above which instances are added. */
    connectionsPerProcess: z.number(),
    /** Whether all instances but the first run on Spot: up to 90 % cheaper, ended at two minutes' notice. */
    spot: z.boolean(),
  }),
});
