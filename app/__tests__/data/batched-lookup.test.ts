import { batchedLookup } from "../../server/data/batched-lookup";
import { type Database, type Statement } from "../../server/data/database";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";

const statement: Statement = { name: "test", text: "" };
const columns = ({ id, sid }: { id: string; sid: string }): unknown[] => [id, sid];

/** Returns the requested ids in reverse order, without "gone". */
function reading(): { readonly asked: unknown[][]; readonly one: (id: string) => Promise<unknown> } {
  const asked: unknown[][] = [];
  const query = (_: Statement, values: readonly unknown[]): Promise<unknown[]> => {
    asked.push([...values]);
    const rows = (values[0] as string[]).map((id, index) => ({ nth: index + 1, id }));
    return Promise.resolve(rows.filter(({ id }) => id !== "gone").reverse());
  };
  const read = batchedLookup<{ id: string; sid: string }, { id: string }>({ query } as unknown as Database, {
    statement,
    columns,
  });
  return { asked, one: (id) => read({ id, sid: `s-${id}` }) };
}

it("sends one statement for all lookups of a turn, and returns each its own row", async () => {
  const { asked, one } = reading();
  const rows = await Promise.all(["a", "gone", "b"].map(one));
  expect(rows).toEqual([expect.objectContaining({ id: "a" }), undefined, expect.objectContaining({ id: "b" })]);
  expect(asked).toEqual([
    [
      ["a", "gone", "b"],
      ["s-a", "s-gone", "s-b"],
    ],
  ]);
});

it("combines lookups that follow different promises in one turn", async () => {
  const { asked, one } = reading();
  await Promise.all([one("a"), Promise.resolve().then(() => one("b"))]);
  expect(asked).toHaveLength(1);
});

it("caches nothing: the same key is read again", async () => {
  let asked = 0;
  const query = (): Promise<unknown[]> => Promise.resolve([{ nth: 1, time: ++asked }]);
  const read = batchedLookup<string, object>({ query } as unknown as Database, { statement, columns: (key) => [key] });
  expect([await read("a"), await read("a")]).toEqual([
    { nth: 1, time: 1 },
    { nth: 1, time: 2 },
  ]);
});

it("looks up at most 200 keys in one statement", async () => {
  const { asked, one } = reading();
  const rows = await Promise.all(Array.from({ length: 450 }, (_, index) => one(String(index))));
  expect(rows.map((row) => (row as { id: string }).id)).toEqual(Array.from({ length: 450 }, (_, index) => `${index}`));
  expect(asked.map(([ids]) => (ids as string[]).length)).toEqual([200, 200, 50]);
});

it("rejects all lookups of a turn when the database is unavailable, and tries again afterwards", async () => {
  let fails = true;
  const query = (): Promise<unknown[]> =>
    fails ? Promise.reject(new DatabaseUnavailable("away")) : Promise.resolve([{ nth: 1 }]);
  const read = batchedLookup<string, object>({ query } as unknown as Database, { statement, columns: (key) => [key] });
  const outcomes = await Promise.allSettled([read("a"), read("b")]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  await expect(read("a")).resolves.toEqual({ nth: 1 });
});
