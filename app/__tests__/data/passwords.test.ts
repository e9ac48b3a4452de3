import { SecretPassword } from "../../server/data/passwords";

/** A secret whose fetches finish when the test says so. */
function secret() {
  const waiting: ((password: string | Error) => void)[] = [];
  let now = 0;
  const source = new SecretPassword(
    () =>
      new Promise((resolve, reject) => {
        waiting.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
      }),
    () => now,
  );
  return { source, waiting, pass: (ms: number) => (now += ms) };
}

test("is fetched once for concurrent callers, and cached", async () => {
  const { source, waiting } = secret();
  const all = [source.password(), source.password()];
  waiting[0]?.("one");
  expect(await Promise.all([...all, source.password()])).toEqual(["one", "one", "one"]);
  expect(waiting).toHaveLength(1);
});

test("is fetched again after a refusal, once for many refusals before, during and after the fetch", async () => {
  const { source, waiting, pass } = secret();
  const first = source.password();
  waiting[0]?.("old");
  await first;
  source.forget();
  const second = source.password();
  source.forget();
  const third = source.password();
  waiting[1]?.("new");
  expect(await Promise.all([second, third])).toEqual(["new", "new"]);
  source.forget();
  expect(await source.password()).toBe("new");
  expect(waiting).toHaveLength(2);
  pass(2001);
  source.forget();
  void source.password();
  expect(waiting).toHaveLength(3);
});

test("is fetched again after the next refusal when the secret had not changed yet", async () => {
  const { source, waiting } = secret();
  for (const [at, answer] of ["old", "old", "new"].entries()) {
    const password = source.password();
    waiting[at]?.(answer);
    expect(await password).toBe(answer);
    source.forget();
  }
  expect(await source.password()).toBe("new");
});

test("a failed fetch is retried by the next caller", async () => {
  const { source, waiting } = secret();
  const failed = source.password();
  waiting[0]?.(new Error("throttled"));
  await expect(failed).rejects.toThrow("throttled");
  const again = source.password();
  waiting[1]?.("one");
  expect(await again).toBe("one");
});
