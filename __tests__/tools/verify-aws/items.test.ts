import { CHECKED, ITEMS } from "../../../tools/verify-aws/items/items";
import { readPage } from "../../docs/markdown";

/** Titles of the items, without the full stop that ends them. */
const documented = [...readPage("docs/real-aws.md").matchAll(/^\| \*\*(.+?)\.?\*\*/gm)].map(([, title]) => title);

it("has every item of docs/real-aws.md, and no other", () => {
  expect(documented.length).toBeGreaterThan(20);
  expect(ITEMS.map(({ title }) => title).sort()).toEqual([...documented].sort());
});

it("checks each item or says why a person has to", () => {
  const reasons = ITEMS.flatMap((item) => ("byHand" in item ? [item.byHand] : []));
  expect(CHECKED + reasons.length).toBe(ITEMS.length);
  expect(CHECKED).toBeGreaterThanOrEqual(10);
  expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
});

it("raises an alarm last, because a deployment that begins while one is on is rolled back", () => {
  const checked = ITEMS.filter((item) => "check" in item).map(({ title }) => title);
  expect(checked.at(-1)).toBe("Encrypted alarms to an encrypted topic");
});
