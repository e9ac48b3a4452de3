import fc from "fast-check";
import { physicalName } from "../../../modules/core/names";

it("keeps a name that fits unchanged", () => {
  expect(physicalName(["crm-prod", "alb"], { maxLength: 32 })).toBe("crm-prod-alb");
});

it("shortens with a hash, always the same one", () => {
  const name = physicalName(["messenger-crm-production", "websocket-load-balancer"], { maxLength: 32 });
  expect(name).toBe("messenger-crm-productio-" + name.slice(-8));
  expect(name).toMatch(/^[a-z0-9-]{32}$/);
  expect(physicalName(["messenger-crm-production", "websocket-load-balancer"], { maxLength: 32 })).toBe(name);
});

it.each([
  ["a.b", "ab"],
  ["Prod", "prod"],
  ["a_b", "a-b"],
  ["名前", "なまえ"],
])("keeps %s and %s apart", (one, other) => {
  expect(physicalName([one], { maxLength: 32 })).not.toBe(physicalName([other], { maxLength: 32 }));
});

it("is always legal: lower case, begins with a letter, does not end with a hyphen, within its length", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 20, max: 63 }),
      (parts, maxLength) => {
        const name = physicalName(parts, { maxLength });
        expect(name).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
        expect(name).not.toContain("--");
        expect(name.length).toBeLessThanOrEqual(maxLength);
      },
    ),
  );
});

it("gives 10,000 long ids with a common prefix different names", () => {
  const names = Array.from({ length: 10_000 }, (_, index) =>
    physicalName(["a-very-long-stem-that-fills-the-whole-name", `service-${index}`], { maxLength: 32 }),
  );
  expect(new Set(names).size).toBe(10_000);
});
