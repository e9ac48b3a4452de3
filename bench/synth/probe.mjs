// Preloaded into every measured process. Writes its resource usage at exit, so that all programs are measured in the same way.
import { readFileSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const target = process.env.BENCH_USAGE_FILE;
if (isMainThread && target !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(
      target,
      JSON.stringify({ userUs: userCPUTime, systemUs: systemCPUTime, peakKiB: peakOfThisProcess() ?? maxRSS }),
    );
  });
}

/** Returns VmHWM, because Linux inherits ru_maxrss from the parent process through fork and exec. */
function peakOfThisProcess() {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return line === null ? undefined : Number(line[1]);
  } catch {
    return undefined;
  }
}
