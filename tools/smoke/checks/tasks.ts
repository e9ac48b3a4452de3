import { type Check, CheckFailed, NotChecked, type SmokeRun } from "../check";
import { findSession } from "../client/polling";
import { unexpectedReply } from "../in-words";
import { pollingSession } from "./handshakes";

/** Handshakes without a cookie until two tasks have answered: one of two misses all of them with a probability of 1 to 4,096. */
const ATTEMPTS = 12;

export const twoTasks: Check = {
  id: "two-tasks",
  title: "Two tasks",
  needs: ["stickiness"],
  async run(run) {
    const { tasks } = run.options;
    const first = await pollingSession(run);
    run.cookies = [first.cookie, first.cookie];
    if (tasks === 1) throw new NotChecked("the deployment has one task (--tasks 1)");
    if (first.cookie === "") throw new NotChecked("without a stickiness cookie, nothing says which task answers");
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const cookies = await differentTasks(run);
      if (cookies === undefined) continue;
      run.cookies = cookies;
      return `two tasks answered within ${attempt + 1} handshakes; neither knows the other's sessions`;
    }
    throw new CheckFailed({
      found: `expected two tasks to answer ${2 * ATTEMPTS} handshakes without a cookie, got one`,
      cause:
        "One task runs or is healthy, or something in front sends every connection of this address to the same one.",
      remedy: "make status ENV=<environment> says how many are healthy. With one task on purpose, pass --tasks 1.",
    });
  },
};

/** Opens two sessions, and returns their cookies when they are on different tasks. */
async function differentTasks(run: SmokeRun): Promise<readonly [string, string] | undefined> {
  const [one, other] = await Promise.all([pollingSession(run), pollingSession(run)]);
  const place = await findSession(run.http, one.handshake.sid, other.cookie);
  if (place === "here") return undefined;
  if (place !== "elsewhere") throw unexpectedReply("POST to the session", "200 or 400", place.unexpected);
  return [one.cookie, other.cookie];
}
