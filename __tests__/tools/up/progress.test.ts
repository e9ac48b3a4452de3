import { Progress } from "../../../tools/up/progress";
import { parseEvent, type TerraformEvent } from "../../../tools/terraform/events";

function complete(addr: string, seconds: number): TerraformEvent {
  return { type: "apply_complete", hook: { resource: { addr }, elapsed_seconds: seconds } };
}

function progressAt(everyResource: boolean): { lines: string[]; progress: Progress; clock: { ms: number } } {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const options = { print: (line: string) => lines.push(line), everyResource, width: 5, now: () => clock.ms };
  return { lines, clock, progress: new Progress("dev", options) };
}

test("a terminal sees every finished resource with count and duration", () => {
  const { lines, progress } = progressAt(true);
  progress.begin("apply", 2);
  progress.event(complete("aws_vpc.main", 10));
  progress.event(complete("aws_lb.alb", 60));
  expect(lines).toEqual([
    "dev    apply        0/2",
    "dev    apply        1/2  aws_vpc.main (10 s)",
    "dev    apply        2/2  aws_lb.alb (60 s)",
  ]);
});

test("a log sees at most one line each ten seconds, and the last resource", () => {
  const { lines, progress, clock } = progressAt(false);
  progress.begin("apply", 3);
  progress.event(complete("aws_vpc.main", 1));
  clock.ms = 11_000;
  progress.event({ type: "apply_progress", hook: { resource: { addr: "aws_lb.alb" }, elapsed_seconds: 10 } });
  progress.event(complete("aws_subnet.a", 10));
  progress.event(complete("aws_lb.alb", 11));
  expect(lines).toEqual([
    "dev    apply        0/3",
    "dev    apply        1/3  waiting for aws_lb.alb (10 s)",
    "dev    apply        3/3  aws_lb.alb (11 s)",
  ]);
});

test("a failed resource is always shown", () => {
  const { lines, progress } = progressAt(false);
  progress.begin("apply", 3);
  progress.event({ type: "apply_errored", hook: { resource: { addr: "aws_lb.alb" } } });
  expect(lines.at(-1)).toBe("dev    apply        0/3  aws_lb.alb FAILED");
});

test("reads Terraform's lines and ignores the rest", () => {
  expect(parseEvent('{"type":"apply_complete","hook":{"resource":{"addr":"a.b"}}}')?.type).toBe("apply_complete");
  expect(parseEvent('{"type":"version","terraform":"1.11.4"}')).toBeUndefined();
  expect(parseEvent("2026-11-23 [WARN] something")).toBeUndefined();
  expect(parseEvent("{broken")).toBeUndefined();
});
