import { type FargateServiceProps } from "../../../modules/fargate-service";
import { type Case, later, refused, service } from "./fixture";

const literal = "expected a literal, got a value that is known only at apply. Budgets are computed from it at synth.";
const budget = "It is part of the time that a deploy may take.";

const times: Case[] = [
  ["a boot known only at apply", { bootSec: later.number }, `bootSec: ${literal}`],
  ["a boot of nothing", { bootSec: 0 }, `bootSec: expected a whole number from 1 to 3600 seconds, got 0. ${budget}`],
  [
    "a boot of more than an hour",
    { bootSec: 3601, deployTimeoutSec: 36_000 },
    `bootSec: expected a whole number from 1 to 3600 seconds, got 3601. ${budget}`,
  ],
  [
    "a grace period known only at apply",
    { healthCheckGracePeriodSec: later.number },
    `healthCheckGracePeriodSec: ${literal}`,
  ],
  [
    "a grace period of more than two hours",
    { healthCheckGracePeriodSec: 7201 },
    `healthCheckGracePeriodSec: expected a whole number from 0 to 7200 seconds, got 7201. ${budget}`,
  ],
  [
    "a grace period a second too short",
    { healthCheckGracePeriodSec: 59 },
    "healthCheckGracePeriodSec: expected at least 60 seconds, what boot and migration take, got 59. Leave it out: with less, ECS replaces tasks that are still starting, for ever.",
  ],
  [
    "a grace period as long as the boot without the migration",
    { healthCheckGracePeriodSec: 60, migration: { command: ["node", "migrate.js"], timeoutSec: 2 } },
    "healthCheckGracePeriodSec: expected at least 62 seconds, what boot and migration take, got 60. Leave it out: with less, ECS replaces tasks that are still starting, for ever.",
  ],
  ["a wait known only at apply", { deployTimeoutSec: later.number }, `deployTimeoutSec: ${literal}`],
  [
    "a wait shorter than any deploy",
    { deployTimeoutSec: 59 },
    `deployTimeoutSec: expected a whole number from 60 to 36000 seconds, got 59. ${budget}`,
  ],
  [
    "a wait of more than ten hours",
    { deployTimeoutSec: 36_001 },
    `deployTimeoutSec: expected a whole number from 60 to 36000 seconds, got 36001. ${budget}`,
  ],
  // One wave: 60 to provision + 60 to boot + 30 to drain.
  ...[60, 149].map((seconds): Case => [
    `a wait of ${seconds} s for a deploy of 150 s`,
    { deployTimeoutSec: seconds },
    `deployTimeoutSec: expected at least 150 seconds, the longest that a deploy of 2 tasks takes, got ${seconds}. Raise it, or replace more tasks at once: maximumPercent 200, a shorter drainSec or deregistration delay.`,
  ]),
  [
    "another way with revisions of others",
    { revisionsOutsideTerraform: "keep" },
    'revisionsOutsideTerraform: expected a literal, one of revert, follow, ignore, got "keep". Choose ignore where a pipeline registers task definitions.',
  ],
  [
    "a wait that only the text true asks for",
    { waitForSteadyState: "true" },
    'waitForSteadyState: expected a literal true or false, got "true". Write true or false, without quotes.',
  ],
];

const progress: Case[] = [
  [
    "more than all of them healthy, and no room besides",
    { minimumHealthyPercent: 101, maximumPercent: 100 },
    "minimumHealthyPercent: expected a whole number from 0 to 100 percent, got 101. 100 keeps full strength during a deploy.",
  ],
  [
    "less than none of them healthy",
    { minimumHealthyPercent: -1 },
    "minimumHealthyPercent: expected a whole number from 0 to 100 percent, got -1. 100 keeps full strength during a deploy.",
  ],
  [
    "more than twice as many",
    { maximumPercent: 201 },
    "maximumPercent: expected a whole number from 100 to 200 percent, got 201. 200 starts every new task before an old one stops.",
  ],
  [
    "less than all of them",
    { maximumPercent: 99, minimumHealthyPercent: 100 },
    "maximumPercent: expected a whole number from 100 to 200 percent, got 99. 200 starts every new task before an old one stops.",
  ],
];

const weights = "expected a whole number from";
const spot: Case[] = [
  [
    "1001 tasks on demand",
    { spot: { onDemandBase: 1001 } },
    `spot.onDemandBase: ${weights} 1 to 1000 tasks, got 1001. Without it a shortage of spot capacity would take every task.`,
  ],
  ...[-1, 1001].map((onDemandWeight): Case => [
    `${onDemandWeight} as the weight of tasks on demand`,
    { spot: { onDemandWeight } },
    `spot.onDemandWeight: ${weights} 0 to 1000, got ${onDemandWeight}. 0 puts every task above the base on spot.`,
  ]),
  ...[0, 1001].map((spotWeight): Case => [
    `${spotWeight} as the weight of tasks on spot`,
    { spot: { spotWeight } },
    `spot.spotWeight: ${weights} 1 to 1000, got ${spotWeight}. Leave spot out to run on demand alone.`,
  ]),
];

const alarm = "rollbackAlarmNames: expected names of alarms, 1 to 255 characters, got";
const alarms: Case[] = [
  [
    "alarms known only at apply",
    { rollbackAlarmNames: later.list },
    "rollbackAlarmNames: expected a list whose length is known at synth, got a value that is known only at apply. Write its elements out; each may be known only at apply.",
  ],
  [
    "an alarm's name of 256 characters",
    { rollbackAlarmNames: ["a".repeat(256)] },
    `${alarm} "${"a".repeat(79)}…. Pass the alarm's name, neither its ARN nor the alarm.`,
  ],
  [
    "null among the alarms",
    { rollbackAlarmNames: ["errors", null] },
    `${alarm} null. Pass the alarm's name, neither its ARN nor the alarm.`,
  ],
  ["a number for an alarm", { rollbackAlarmNames: [7] }, `${alarm} 7. Write it in quotes.`],
];

describe.each(Object.entries({ times, progress, spot, alarms }))("the service is refused (%s)", (_, cases) => {
  it.each(cases)("%s", (_name, props, message) => expect(refused(props)).toBe(message));
});

it.each<[string, Partial<FargateServiceProps>]>([
  ["the shortest boot", { bootSec: 1 }],
  ["the longest boot", { bootSec: 3600, deployTimeoutSec: 36_000 }],
  ["a grace period as long as the boot", { healthCheckGracePeriodSec: 60 }],
  ["the longest grace period", { healthCheckGracePeriodSec: 7200 }],
  ["a wait exactly as long as the deploy", { deployTimeoutSec: 150 }],
  ["the shortest wait for a deploy that nobody waits for", { deployTimeoutSec: 60, waitForSteadyState: false }],
  ["shares known only at apply", { minimumHealthyPercent: later.number, maximumPercent: later.number }],
  ["no task on which to rely", { minimumHealthyPercent: 0, maximumPercent: 100 }],
  ["room for one task exactly", { minimumHealthyPercent: 50, maximumPercent: 100 }],
  ["spot at its lower limits", { spot: { onDemandBase: 1, onDemandWeight: 0, spotWeight: 1 } }],
  [
    "spot at its upper limits",
    {
      desiredCount: 1000,
      deployTimeoutSec: 36_000,
      spot: { onDemandBase: 1000, onDemandWeight: 1000, spotWeight: 1000 },
    },
  ],
  ["the shortest, and the longest, name of an alarm", { rollbackAlarmNames: ["a", "a".repeat(255)] }],
  ["alarms whose names are known only at apply", { rollbackAlarmNames: [later.text] }],
])("the service accepts %s", (_, props) => {
  expect(() => service(props)).not.toThrow();
});
