import { CircuitBreaker } from "../../server/data/circuit-breaker";

function circuit() {
  let now = 0;
  const subject = new CircuitBreaker({ failures: 3, pauseMs: 1000 }, () => now);
  return { subject, pass: (ms: number) => (now += ms) };
}

test("opens after consecutive failures; a success resets the count", () => {
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

test("allows one attempt per pause, and closes when it succeeds", () => {
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

test("an attempt without an answer does not keep it open for ever", () => {
  const { subject, pass } = circuit();
  for (let n = 0; n < 3; n += 1) subject.failed();
  pass(1000);
  expect(subject.allows()).toBe(true);
  pass(1000);
  expect(subject.allows()).toBe(true);
});
