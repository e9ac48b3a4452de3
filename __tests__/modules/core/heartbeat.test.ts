import { Token } from "cdktf";
import { Checks } from "../../../modules/core/checks";
import {
  checkHeartbeat,
  type Heartbeat,
  longestSilenceSec,
  shortestIdleTimeoutSec,
} from "../../../modules/core/heartbeat";

it("computes the shortest idle timeout from Socket.IO's own heartbeat", () => {
  const heartbeat = { pingIntervalSec: 25, pingTimeoutSec: 20 };
  expect(longestSilenceSec(heartbeat)).toBe(45);
  expect(shortestIdleTimeoutSec(heartbeat)).toBe(60);
});

const LATER = Token.asNumber({ resolve: () => 25, creationStack: [] });

it.each<[unknown, string]>([
  [undefined, "nothing"],
  [{ pingIntervalSec: 0, pingTimeoutSec: 20 }, "{ pingIntervalSec: 0, pingTimeoutSec: 20 }"],
  [{ pingIntervalSec: 25, pingTimeoutSec: -1 }, "{ pingIntervalSec: 25, pingTimeoutSec: -1 }"],
  [{ pingIntervalSec: "25", pingTimeoutSec: 20 }, "{ pingIntervalSec: '25', pingTimeoutSec: 20 }"],
  [{ pingIntervalSec: LATER, pingTimeoutSec: 20 }, "{ pingIntervalSec: known at apply, pingTimeoutSec: 20 }"],
])("refuses the heartbeat %j", (heartbeat, got) => {
  const checks = new Checks("test");
  expect(checkHeartbeat(checks, "heartbeat", heartbeat as Heartbeat)).toBe(false);
  expect(() => checks.throwIfInvalid()).toThrow(
    `[test] heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got ${got}. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO. (core/heartbeat)`,
  );
});

it("refuses fractions of seconds: the timeouts of AWS that are computed from them are whole", () => {
  const checks = new Checks("test");
  expect(checkHeartbeat(checks, "heartbeat", { pingIntervalSec: 25.5, pingTimeoutSec: 20 })).toBe(false);
  expect(() => checks.throwIfInvalid()).toThrow("literal whole numbers above 0");
});
