import { attributeChanges } from "../../../tools/plan-report/changes/attribute-change";
import { Redactor } from "../../../tools/plan-report/redact/redactor";
import { type Change } from "../../../tools/terraform/plan-json";
import { update } from "./plans";

const lines = (before: Change["before"], after: Change["after"], change: Partial<Change> = {}) =>
  attributeChanges(update("aws_x.x", before, after, change).change, new Redactor([])).map(
    (one) => `${one.path}: ${one.before} → ${one.after}`,
  );

it("lists what differs, with its path", () => {
  expect(lines({ a: 1, b: [{ c: "x" }], d: null }, { a: 2, b: [{ c: "y" }], d: "new" })).toEqual([
    "a: 1 → 2",
    "b[0].c: x → y",
    "d: none → new",
  ]);
});

it("shows a list whole when its length changes", () => {
  expect(lines({ subnets: ["a", "b"] }, { subnets: ["a"] })).toEqual(['subnets: ["a","b"] → ["a"]']);
});

it("compares text that is JSON member by member, and named entries by name", () => {
  const containers = (image: string, variables: readonly string[]) =>
    JSON.stringify([
      { name: "app", image, environment: variables.map((name) => ({ name, value: `${name}-${image}` })) },
    ]);
  expect(
    lines(
      { container_definitions: containers("1", ["LEVEL", "SESSION_SECRET"]) },
      { container_definitions: containers("2", ["SESSION_SECRET", "LEVEL"]) },
    ),
  ).toEqual([
    "container_definitions.app.image: 1 → 2",
    "container_definitions.app.environment.LEVEL.value: LEVEL-1 → LEVEL-2",
    "container_definitions.app.environment.SESSION_SECRET.value: (hidden: its name promises a secret) → (hidden: its name promises a secret)",
  ]);
});

it("shows no sensitive value, whole or in parts, and says that it changes", () => {
  expect(
    lines(
      { pin: "hunter2", user: [{ key: "hunter3", name: "a" }], same: "hunter4" },
      { pin: "hunter5", user: [{ key: "hunter6", name: "b" }], same: "hunter4" },
      {
        before_sensitive: { pin: true, user: [{ key: true }], same: true },
        after_sensitive: { pin: true, user: true },
      },
    ),
  ).toEqual(["pin: (sensitive) → (sensitive)", "user: (sensitive) → (sensitive)"]);
});

it("shows what is known only after apply, unless it is sensitive", () => {
  expect(
    lines(
      { arn: "arn:aws:x", tags: { a: "1" }, pin: "hunter2" },
      { tags: { a: "1" } },
      { after_unknown: { arn: true, tags: { b: true }, pin: true }, before_sensitive: { pin: true } },
    ),
  ).toEqual([
    "arn: arn:aws:x → (known after apply)",
    "tags.b: none → (known after apply)",
    "pin: (sensitive) → (known after apply)",
  ]);
});
