import { failureKindOf, toDatabaseError } from "../../server/data/failures";
import { DatabaseUnavailable } from "../../server/domain/ports/errors";

const SECRET = "hunter2";

/** An error as pg creates it. */
const answered = (code: string) =>
  Object.assign(new Error(`key (email)=(${SECRET}) is wrong`), {
    severity: "ERROR",
    code,
    detail: SECRET,
    constraint: "app_user_email_unique",
  });

test.each([
  ["40001", "retry", "a serialization failure"],
  ["40P01", "retry", "a deadlock"],
  ["28P01", "sign-in", "a wrong password"],
  ["28000", "sign-in", "a refused role"],
  ["57014", "slow", "a statement timeout"],
  ["55P03", "slow", "a lock timeout"],
  ["25006", "unavailable", "a read-only instance"],
  ["53100", "unavailable", "a full disk"],
  ["53200", "unavailable", "no memory"],
  ["53300", "unavailable", "too many connections"],
  ["57P01", "unavailable", "a shutdown"],
  ["57P02", "unavailable", "a crash"],
  ["57P03", "unavailable", "a start"],
  ["58030", "unavailable", "an input/output error"],
  ["08006", "unavailable", "a lost connection"],
  ["23505", "fault", "a unique violation"],
  ["22P02", "fault", "text that is no UUID"],
  ["42P01", "fault", "a missing table"],
])("%s is %s: %s", (code, kind) => {
  expect(failureKindOf(answered(code))).toBe(kind);
  const translated = toDatabaseError(answered(code));
  expect(translated instanceof DatabaseUnavailable).toBe(kind !== "fault");
  expect(translated.message).toContain(code);
});

test("values that PostgreSQL quotes are dropped, together with the error's other fields", () => {
  for (const code of ["23505", "53100"]) {
    const translated = toDatabaseError(answered(code));
    expect(JSON.stringify({ ...translated, message: translated.message, stack: translated.stack })).not.toContain(
      SECRET,
    );
    expect(translated.cause).toBeUndefined();
  }
  expect(toDatabaseError(answered("23505"))).toMatchObject({ code: "23505", constraint: "app_user_email_unique" });
});

test("a network error's code is not taken for a SQLSTATE", () => {
  const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  expect(failureKindOf(broken)).toBe("unavailable");
  expect(toDatabaseError(broken).message).toBe("the database is unavailable: write EPIPE");
});

test("a bug is not taken for an outage", () => {
  for (const mistake of [new TypeError("x is not a function"), new RangeError("past 2^53")]) {
    expect(failureKindOf(mistake)).toBe("fault");
    expect(toDatabaseError(mistake)).toBe(mistake);
  }
});

test("a failed connection to several addresses reports each", () => {
  const both = new AggregateError([
    new Error("connect ECONNREFUSED ::1:5432"),
    new Error("connect ECONNREFUSED 127.0.0.1:5432"),
  ]);
  expect(toDatabaseError(both).message).toBe(
    "the database is unavailable: connect ECONNREFUSED ::1:5432, connect ECONNREFUSED 127.0.0.1:5432",
  );
});
