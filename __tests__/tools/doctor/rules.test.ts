import { contains } from "../../../tools/doctor/network/cidr";

it.each([
  ["10.0.0.0/16", "10.0.1.0/24", true],
  ["10.0.0.0/24", "10.0.0.0/24", true],
  ["0.0.0.0/0", "203.0.113.7/32", true],
  ["10.0.0.0/24", "10.0.0.0/16", false],
  ["10.1.0.0/16", "10.0.1.0/24", false],
  ["200.0.0.0/8", "201.0.0.0/8", false],
  ["128.0.0.0/1", "255.255.255.255/32", true],
  ["::/0", "10.0.0.0/8", false],
])("%s holds %s: %s", (outer, inner, expected) => {
  expect(contains(outer, inner)).toBe(expected);
});
