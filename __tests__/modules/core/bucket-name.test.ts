import { BUCKET_NAME, BUCKET_NAME_RULE } from "../../../modules/core/bucket-name";

it.each([
  "abc",
  "a1-b.c",
  "0a0",
  "a".repeat(63),
  "1.2.3",
  "1.2.3.4.5",
  "1.2.3.x",
  "x1.2.3.4",
  "a-xn--b",
  "a-sthree-b",
  "a.mrap.b",
  "s3alias",
  "a-s3alias-b",
  "a--ol-s3-b",
  "a--x-s3-b",
  "a--table-s3-b",
])("accepts %p", (name) => {
  expect(name).toMatch(BUCKET_NAME);
});

it.each([
  "",
  "ab",
  "a".repeat(64),
  "Abc",
  "a_b",
  "-ab",
  ".ab",
  "ab-",
  "ab.",
  "a..b",
  "abc\n",
  "1.2.3.4",
  "192.168.100.250",
  "xn--abc",
  "sthree-abc",
  "amzn-s3-demo-abc",
  "abc-s3alias",
  "abc--ol-s3",
  "abc.mrap",
  "abc--x-s3",
  "abc--table-s3",
])("refuses %p", (name) => {
  expect(name).not.toMatch(BUCKET_NAME);
});

it("states the rule", () => {
  expect(BUCKET_NAME_RULE).toBe(
    "3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit",
  );
});
