import * as z from "zod";
import { domainName, sharedFields } from "../shared-fields";

/** Pattern C: one instance on App Runner, by long-polling, without a load balancer and a cache. */
export const appRunner = z.strictObject({
  pattern: z.literal("app-runner"),
  ...sharedFields,
  /** App Runner ends TLS itself, at a domain name of yours; the outputs list the DNS records to create. */
  entrance: z.strictObject({ kind: z.literal("custom-domain"), domainName }),
  /** The one instance; every field has a default. */
  service: z
    .strictObject({
      /** CPU units; 1024, the default, are one vCPU. */
      cpu: z.number().optional(),
      /** Memory in MiB; default 2048. */
      memoryMiB: z.number().optional(),
      /** Most clients at once, at most 200, the default: each holds a request open. */
      maxConcurrency: z.number().optional(),
    })
    .optional(),
});
