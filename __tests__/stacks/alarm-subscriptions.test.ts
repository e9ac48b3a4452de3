import { alarmSubscriptions } from "../../stacks/alarm-subscriptions";
import { refusal } from "../helpers/refusal";
import { synthesize } from "../helpers/synth";

it("makes a key from each address", () => {
  synthesize((stack) => {
    expect(alarmSubscriptions(stack, ["on.call@example.com", "24-7@example.com"])).toEqual({
      "on-call-example-com": { protocol: "email", endpoint: "on.call@example.com" },
      "to-24-7-example-com": { protocol: "email", endpoint: "24-7@example.com" },
    });
    expect(Object.keys(alarmSubscriptions(stack, ["_Ops_@Example.com"]))).toEqual(["ops-example-com"]);
  });
});

it("refuses two addresses that would share a key", () => {
  expect(refusal((stack) => void alarmSubscriptions(stack, ["a.b@x.co", "c@x.co", "a-b@x.co"]))).toEqual([
    '[test] alarms.emails: expected addresses that differ in letters and digits, got "a-b@x.co". Use a single address that forwards to both.',
  ]);
});
