import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFENCES } from "../../../bench/faults/defences";

const APP = join(__dirname, "../../../app");

const changes = DEFENCES.flatMap(({ name, server = [], client = [] }) =>
  [...server, ...client].map(({ file, from }) => [name, file, from] as const),
);

it.each(changes)("finds the code that %s removes exactly once in %s", (_name, file, from) => {
  expect(readFileSync(join(APP, file), "utf8").split(from)).toHaveLength(2);
});

it("removes something for each defence", () => {
  const empty = DEFENCES.filter(({ server, client, schema }) => !server?.length && !client?.length && !schema);
  expect(empty).toEqual([]);
  expect(DEFENCES.length).toBeGreaterThanOrEqual(6);
});
