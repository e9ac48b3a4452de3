import { defineEnvironment } from "../../environments/define-environment";
import { dev } from "../../environments/dev";
import { prod } from "../../environments/prod";
import { ConfigurationError } from "../../modules/core";

/** Returns the prop of each problem of an environment, what it has, and the remedy. */
function problems(environment: object): string[] {
  try {
    defineEnvironment(environment as typeof dev);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ prop, got, remedy }) => `${prop}: ${got}. ${remedy}`);
  }
  return [];
}

const SEE_SCHEMA = "See environments/schema.ts for what it means.";

it.each<[string, object, string[]]>([
  [
    "an unknown profile and what no profile fills in, but nothing that one would have",
    { ...dev, release: undefined, profile: "huge", service: undefined },
    ['profile: "huge". Choose one of them, or leave it out and give every field.', `release: nothing. ${SEE_SCHEMA}`],
  ],
  [
    "a wrong type, and zones of another region",
    { ...dev, disposable: "no", region: "us-east-1" },
    [
      "disposable: a value of type string. Write true or false, without quotes.",
      "availabilityZones: ap-northeast-1a, ap-northeast-1c. Name zones of the environment's own region.",
    ],
  ],
  [
    "a wrong zone, but not the length of the list without it",
    { ...dev, availabilityZones: ["ap-northeast-1a", 3] },
    ["availabilityZones[1]: 3. Write it in quotes."],
  ],
  ["a region of the wrong type, but not its zones", { ...dev, region: 5 }, ["region: 5. Write it in quotes."]],
  [
    "blank text",
    { ...dev, database: { ...dev.database, instanceClass: "  " } },
    [`database.instanceClass: "  ". ${SEE_SCHEMA}`],
  ],
  [
    "empty text",
    { ...dev, database: { ...dev.database, instanceClass: "" } },
    [`database.instanceClass: an empty string. ${SEE_SCHEMA}`],
  ],
  ["production without recipients of its alarms", { ...prod, alarms: undefined }, [`alarms: nothing. ${SEE_SCHEMA}`]],
])("finds %s", (_name, environment, expected) => expect(problems(environment)).toEqual(expected));

it("suggests nothing for an unknown field that resembles none", () => {
  expect(problems({ ...dev, zzz: 1 })).toEqual([
    expect.stringMatching(/^zzz: an unknown one\. Known props: accountId, /),
  ]);
});
