import { CircuitBreaker } from "../../server/data/circuit-breaker";

function circuit() {
  let now = 0;
  const subject = new CircuitBreaker({ failures: 3, pauseMs: 1000 }, () => now);
  return { subject, pass: (ms: number) => (now += ms) };
}

test("opens after failures in a row, and a success in between starts the count anew", () => {
  const { subject } = circuit();
  for (let round = 0; round < 3; round += 1) {
    subject.failed();
    subject.failed();
    expect(subject.allows()).toBe(true);
    subject.succeeded();
  }
  subject.failed();
  subject.failed();
  subject.failed();
  expect(subject.allows()).toBe(false);
});

test("lets one through for each pause, and closes with its success", () => {
  const { subject, pass } = circuit();
  for (let n = 0; n < 3; n += 1) subject.failed();
  pass(999);
  expect(subject.allows()).toBe(false);
  pass(1);
  expect([subject.allows(), subject.allows(), subject.allows()]).toEqual([true, false, false]);
  subject.failed();
  pass(999);
  expect(subject.allows()).toBe(false);
  pass(1);
  expect(subject.allows()).toBe(true);
  subject.succeeded();
  expect([subject.allows(), subject.allows()]).toEqual([true, true]);
});

test("one that never answers does not keep it shut for ever", () => {
  const { subject, pass } = circuit();
  for (let n = 0; n < 3; n += 1) subject.failed();
  pass(1000);
  expect(subject.allows()).toBe(true);
  pass(1000);
  expect(subject.allows()).toBe(true);
});
