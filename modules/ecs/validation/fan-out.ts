import { type Checks, formatValue } from "../../core/checks";
import { isUnresolved } from "../../core/tokens";
import { type CompleteEcsServiceProps } from "../defaults";
import { taskCounts } from "../deployment";
import { checkList } from "./shape";

/** Refuses more than one task whose sockets no adapter connects, and an adapter that the cache does not support. */
export function checkFanOut(checks: Checks, props: CompleteEcsServiceProps): void {
  const { kind, fanOut } = props;
  if (kind !== "sockets") return;
  const counts = taskCounts(props);
  const many = counts === undefined || counts.max > 1;
  const tasks = counts ? `${counts.max} tasks` : "a number of tasks known only at apply";
  if (!fanOut) {
    checks.require(!many, {
      code: "ecs/fan-out",
      prop: "fanOut",
      expected: `an adapter, for up to ${tasks}`,
      got: "nothing",
      remedy:
        'Each task knows its own sockets only: pass { adapter: "redis" } and a cache, or run one task (desiredCount 1). For a service without sockets, set kind to "http" or "worker".',
    });
    return;
  }
  const { adapter, supportedAdapters } = fanOut;
  checks.required("fanOut.adapter", adapter, "Name the Socket.IO adapter that the app is configured with.");
  checks.require(!many || adapter !== "in-memory", {
    code: "ecs/fan-out",
    prop: "fanOut.adapter",
    expected: `an adapter that reaches other tasks, for up to ${tasks}`,
    got: formatValue(adapter),
    remedy: "Use a Redis adapter and a cache, or run one task (desiredCount 1).",
  });
  if (supportedAdapters === undefined || adapter === "in-memory") return;
  if (!checkList(checks, "fanOut.supportedAdapters", supportedAdapters)) return;
  const known = ![adapter, ...supportedAdapters].some((name) => isUnresolved(name));
  checks.require(!known || supportedAdapters.includes(adapter), {
    code: "ecs/fan-out",
    prop: "fanOut.adapter",
    expected: `one that the cache supports: ${supportedAdapters.join(", ") || "none"}`,
    got: formatValue(adapter),
    remedy: "Change the adapter of the app, or the kind of the cache.",
  });
}
