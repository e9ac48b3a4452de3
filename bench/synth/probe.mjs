// Preloaded into every measured process: writes down at its exit what it used, so that all programs are measured by the same means.
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const target = process.env.BENCH_USAGE_FILE;
if (isMainThread && target !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(
      target,
      JSON.stringify({ userUs: userCPUTime, systemUs: systemCPUTime, peakKiB: peakOfThisImage() ?? maxRSS }),
    );
  });
}

/** Linux carries ru_maxrss over from the parent's image through fork and exec; VmHWM begins anew with the program. */
function peakOfThisImage() {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return line === null ? undefined : Number(line[1]);
  } catch {
    return undefined;
  }
}
