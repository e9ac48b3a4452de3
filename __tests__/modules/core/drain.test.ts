import {
  replaceableAtOnce,
  type RollingDeploy,
  shortestDeregistrationDelaySec,
  stopTimeoutSec,
  worstCaseDeploySec,
} from "../../../modules/core/drain";
import { shortestIdleTimeoutSec } from "../../../modules/core/heartbeat";

const heartbeat = { pingIntervalSec: 25, pingTimeoutSec: 20 };
const deploy: RollingDeploy = {
  desiredCount: 4,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  startSec: 100,
  deregistrationDelaySec: 30,
  stopTimeoutSec: 70,
};

it("keeps the idle timeout above the longest healthy silence", () => {
  expect(shortestIdleTimeoutSec(heartbeat)).toBe(60);
});

it("delays SIGTERM until a long poll has finished, and no longer", () => {
  expect(shortestDeregistrationDelaySec(heartbeat, true)).toBe(30);
  expect(shortestDeregistrationDelaySec({ ...heartbeat, pingIntervalSec: 5 }, true)).toBe(15);
  expect(shortestDeregistrationDelaySec(heartbeat, false)).toBe(15);
});

it("leaves a margin between the app's exit and SIGKILL", () => expect(stopTimeoutSec(60)).toBe(70));

it.each([
  [100, 200, 4],
  [100, 150, 2],
  [50, 100, 2],
  [100, 100, 0],
  [50, 200, 4],
])("replaces at %i/%i %% of four tasks %i at once", (minimumHealthyPercent, maximumPercent, atOnce) => {
  expect(replaceableAtOnce({ ...deploy, minimumHealthyPercent, maximumPercent })).toBe(atOnce);
});

it("counts the waves of a deployment", () => {
  expect(worstCaseDeploySec(deploy)).toBe(200);
  expect(worstCaseDeploySec({ ...deploy, maximumPercent: 150 })).toBe(400);
  expect(worstCaseDeploySec({ ...deploy, maximumPercent: 100 })).toBe(Number.POSITIVE_INFINITY);
});
