import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import WebSocket from "ws";

/** Returns the CPU time of a process and its threads in microseconds. Source: Documentation/scheduler/sched-stats.rst, schedstat. */
export function cpuMicroseconds(pid: number): number {
  const nanoseconds = readdirSync(`/proc/${pid}/task`).map((thread) => {
    const [running] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ");
    return Number(running);
  });
  return nanoseconds.reduce((sum, value) => sum + value, 0) / 1000;
}

/** Returns the resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

/** Runs a full garbage collection in a process started with `--inspect`, so that only memory in use remains. */
export async function collectGarbage(inspectorPort: number): Promise<void> {
  const targets = (await (await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)).json()) as [
    { webSocketDebuggerUrl: string },
  ];
  const inspector = new WebSocket(targets[0].webSocketDebuggerUrl);
  await new Promise((resolve, reject) => inspector.once("open", resolve).once("error", reject));
  for (let id = 1; id <= 3; id += 1) {
    const answered = new Promise((resolve) => inspector.once("message", resolve));
    inspector.send(JSON.stringify({ id, method: "HeapProfiler.collectGarbage" }));
    await answered;
    // V8 returns pages to the system with a delay.
    await wait(300);
  }
  inspector.terminate();
}
