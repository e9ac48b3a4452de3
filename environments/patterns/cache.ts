import * as z from "zod";
import { text } from "../fields";

/** Valkey: one shard with its replicas, or several shards in cluster mode, for which the application uses the sharded adapter. */
export const cache = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("replication-group").optional(),
      /** Node type: `cache.m7g.large`. */
      nodeType: text(),
      /** Number of replicas of the primary. */
      replicas: z.number(),
    }),
    z.strictObject({
      kind: z.literal("cluster"),
      nodeType: text(),
      /** Number of replicas in each shard. */
      replicas: z.number(),
      shards: z.number(),
    }),
  ],
  "replication-group has one shard, cluster has several.",
);
