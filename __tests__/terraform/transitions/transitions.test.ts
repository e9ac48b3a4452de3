import { runTransitions, type StepResult } from "../../helpers/transitions/transitions";
import { albWebsocketCases } from "./cases/alb-websocket";
import { cdnCases } from "./cases/cdn";
import { networkCases } from "./cases/network";
import { wafCases } from "./cases/waf";

const CASES = [...albWebsocketCases, ...cdnCases, ...networkCases, ...wafCases];

let results: ReadonlyMap<string, readonly StepResult[]>;

beforeAll(async () => {
  results = await runTransitions(CASES);
});

describe.each(CASES.map(({ name }) => name))("%s", (name) => {
  it("lets go of what is in use before it is destroyed", () => {
    expect(results.get(name)!.flatMap(({ stillInUse }) => stillInUse)).toEqual([]);
  });

  it("plans no change right after each step", () => {
    expect(results.get(name)!.flatMap(({ drift }) => drift)).toEqual([]);
  });
});
