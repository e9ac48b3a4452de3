import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Image } from "../../../tools/twin/tasks/image";
import { type Fault } from "../fault";

const SKEW_SEC = 30;

/** @throws Error if libfaketime is not installed */
function fakeTime(): string {
  const found = readdirSync("/usr/lib")
    .map((name) => join("/usr/lib", name, "faketime", "libfaketime.so.1"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error("clock-skew needs libfaketime (Debian package libfaketime).");
  return found;
}

/** Changes the clock of every other task, chosen by the last digit of its address. */
function skewed(image: Image): Image {
  const wrong = `export LD_PRELOAD=${fakeTime()} FAKETIME=+${SKEW_SEC}s FAKETIME_DONT_FAKE_MONOTONIC=1`;
  return { ...image, command: ["sh", "-c", `case "$HOSTNAME" in *[13579]) ${wrong};; esac; exec node server.js`] };
}

/** Faults of clocks. */
export const clockFaults: readonly Fault[] = [
  {
    name: "clock-skew",
    what: `the clock of one of two tasks is ${SKEW_SEC} s fast (libfaketime), for 10 s of messages between two deployments`,
    act: async (stage) => {
      await stage.deploy(skewed(stage.built));
      await stage.wait(10);
      await stage.deploy(stage.built);
    },
  },
];
