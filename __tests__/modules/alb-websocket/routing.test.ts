import * as fc from "fast-check";
import { priorityFor, routesOverlap } from "../../../modules/alb-websocket/routing";

const route = (hosts: string[], paths: string[]) => ({ service: "x", hosts, paths });

it.each([
  [["/api/*"], ["/web/*"], false],
  [["/api/*"], ["/*"], true],
  [["/api/*"], ["/api"], false],
  [["/a?c"], ["/abc"], true],
  [["/a?c"], ["/ac"], false],
  [["*/x"], ["/y/*"], true],
  [["/API"], ["/api"], false],
  [["/a", "/b"], ["/c", "/b"], true],
  [[], ["/b"], true],
  [["*"], ["*"], true],
])("paths %p and %p overlap: %p", (a, b, overlap) => {
  expect(routesOverlap(route([], a), route([], b))).toBe(overlap);
  expect(routesOverlap(route([], b), route([], a))).toBe(overlap);
});

it("ignores the case of hosts, and reports an overlap only when both host and path overlap", () => {
  expect(routesOverlap(route(["A.example.com"], []), route(["a.EXAMPLE.com"], []))).toBe(true);
  expect(routesOverlap(route(["a.example.com"], []), route(["b.example.com"], []))).toBe(false);
  expect(routesOverlap(route(["a.example.com"], ["/x"]), route(["a.example.com"], ["/y"]))).toBe(false);
});

it("reports an overlap exactly when some text matches both patterns", () => {
  const pattern = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 }).map((parts) => parts.join(""));
  const text = fc.array(fc.constantFrom("a", "b"), { maxLength: 6 }).map((parts) => parts.join(""));
  const matches = (glob: string, value: string) =>
    new RegExp(`^${glob.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(value);
  fc.assert(
    fc.property(pattern, pattern, text, (a, b, value) => {
      fc.pre(a !== "" && b !== "" && matches(a, value) && matches(b, value));
      return routesOverlap(route([], [a]), route([], [b]));
    }),
  );
});

it("compares long patterns with many wildcards quickly", () => {
  expect(routesOverlap(route([], ["*a".repeat(60)]), route([], [`${"*b".repeat(60)}c`]))).toBe(false);
});

it("always gives an id the same free priority, from 1 to 50000", () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.integer({ min: 1, max: 50_000 })), (id, others) => {
      const first = priorityFor(id, new Set());
      const next = priorityFor(id, new Set([...others, first]));
      return (
        first === priorityFor(id, new Set()) &&
        first >= 1 &&
        first <= 50_000 &&
        next !== first &&
        !others.includes(next)
      );
    }),
  );
});
