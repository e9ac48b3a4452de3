import { z } from "zod";

const attributeChange = z.strictObject({ path: z.string(), before: z.string(), after: z.string() });

const dataLoss = z.strictObject({
  address: z.string(),
  severity: z.enum(["lost", "snapshot", "refused", "unprotected"]),
  what: z.string(),
});

const interruption = z.strictObject({
  address: z.string(),
  effect: z.enum(["outage", "reconnect", "degraded"]),
  what: z.string(),
  seconds: z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() }).optional(),
  when: z.string().optional(),
  source: z.string().optional(),
});

const change = z.strictObject({
  address: z.string(),
  type: z.string(),
  module: z.string(),
  kind: z.enum(["create", "update", "replace", "destroy", "forget", "none"]),
  order: z.enum(["new first", "old first"]).optional(),
  reason: z.string().optional(),
  forcedBy: z.array(attributeChange.extend({ because: z.array(z.string()) })),
  attributes: z.array(attributeChange),
  movedFrom: z.string().optional(),
  importId: z.string().optional(),
});

const difference = z.strictObject({
  address: z.string(),
  module: z.string(),
  item: z.string(),
  beforeCents: z.int(),
  afterCents: z.int(),
});

const cost = z.union([
  z.strictObject({
    beforeCents: z.int(),
    afterCents: z.int(),
    region: z.string(),
    pricesAsOf: z.string(),
    differences: z.array(difference),
    unpriced: z.int(),
  }),
  z.strictObject({ unavailable: z.string() }),
]);

const policies = z.strictObject({
  tier: z.string(),
  passed: z.int(),
  failed: z.int(),
  warned: z.int(),
  excepted: z.int(),
  violations: z.array(z.strictObject({ rule: z.string(), resource: z.string(), text: z.string() })),
});

const counts = z.strictObject({
  create: z.int(),
  update: z.int(),
  replace: z.int(),
  destroy: z.int(),
  forget: z.int(),
  import: z.int(),
  move: z.int(),
});

const stack = z.strictObject({
  stack: z.string(),
  status: z.enum(["ready", "unchanged", "incomplete", "failed"]),
  counts,
  dataLosses: z.array(dataLoss),
  interruptions: z.array(interruption),
  changes: z.array(change),
  outputs: z.array(attributeChange),
  drift: z.array(
    z.strictObject({ address: z.string(), what: z.enum(["changed", "deleted"]), attributes: z.array(attributeChange) }),
  ),
  deferred: z.array(z.strictObject({ address: z.string(), reason: z.string() })),
  failedChecks: z.array(z.strictObject({ address: z.string(), message: z.string() })),
  diagnostics: z.array(z.strictObject({ severity: z.enum(["error", "warning"]), text: z.string() })),
  policies: policies.optional(),
  cost,
});

/** The report's JSON, version 1.0, as `report.schema.json` publishes it. */
export const reportSchema = z.strictObject({ formatVersion: z.literal("1.0"), stacks: z.array(stack) }).meta({
  title: "Plan report",
  description: "What the plans of one or several stacks do to data, connections and cost.",
});
