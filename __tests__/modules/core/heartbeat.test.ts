import { longestSilenceSec, shortestIdleTimeoutSec } from "../../../modules/core/heartbeat";

it("computes the shortest idle timeout from Socket.IO's own heartbeat", () => {
  const heartbeat = { pingIntervalSec: 25, pingTimeoutSec: 20 };
  expect(longestSilenceSec(heartbeat)).toBe(45);
  expect(shortestIdleTimeoutSec(heartbeat)).toBe(60);
});
