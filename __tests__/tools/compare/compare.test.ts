import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare, type Compared, readPlan, recommend, REGION } from "../../../tools/compare/compare";
import { CONNECTIONS, loadFor } from "../../../tools/compare/loads";
import { comparison } from "../../../tools/compare/page";
import { PATTERNS } from "../../../tools/compare/patterns";
import { renderReadme, renderTerminal } from "../../../tools/compare/report";
import { DEFAULT_LOAD, parseLoad } from "../../../tools/prices/load";
import { PriceList } from "../../../tools/prices/price-list";
import { COMPARED } from "../../helpers/compared-environments";
import { ROOT } from "../../helpers/run-program";
import { synthesizedEnvironment } from "../../helpers/synthesized-environment";

const prices = PriceList.read(REGION);
const all = PATTERNS.map((pattern) => compare(pattern, prices));
const of = (id: string): Compared => all.find(({ pattern }) => pattern.id === id)!;
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

const UPDATE = "make compare";

describe("what make compare writes", () => {
  const { page, picture } = comparison(prices);

  it(`is docs/patterns.md and its picture (to update: ${UPDATE})`, () => {
    expect(page).toBe(read("docs/patterns.md"));
    expect(picture).toBe(read("docs/patterns/cost.svg"));
  });

  it.each([
    ["README.md", "en"],
    ["README.ja.md", "ja"],
  ] as const)("is the table of %s (to update: node --import tsx tools/compare/cli.ts --readme)", (file, language) => {
    const cells = (text: string) => text.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
    const rows = (text: string) =>
      cells(text)
        .filter(([, name = ""]) => /^[A-D]: /.test(name))
        .filter(({ length }) => length > 8);
    expect(rows(read(file))).toEqual(rows(renderReadme(all, language)));
    expect(rows(read(file)).map(([, name = ""]) => name[0])).toEqual(["A", "B", "C", "D"]);
  });
});

describe.each(PATTERNS.map(({ id }) => id))("the plan of %s", (id) => {
  it("is of the stack that is synthesized today (to update: node --import tsx __tests__/programs/compare-plans.ts)", () => {
    const environment = COMPARED[id as keyof typeof COMPARED];
    const { settings, ...plan } = readPlan(id);
    const planned = plan.planned_values?.root_module?.resources ?? [];
    const addresses = synthesizedEnvironment(environment).addresses();
    expect(planned.map(({ address }) => address).sort()).toEqual([...addresses].sort());
    expect(settings).toEqual(environment.service ?? {});
  });
});

describe("what the stacks say", () => {
  it("is the capacity: tasks or processes times connections, and the requests that App Runner gives one instance", () => {
    expect(of("fargate").capacity.connections).toBe(6000);
    expect(of("ec2").capacity.connections).toBe(8000);
    expect(of("app-runner").capacity.connections).toBe(200);
  });

  it("is the time to deploy, from the delays of the target group and the checks of the instance", () => {
    expect(of("fargate").timeToDeploy.text).toMatch(
      /^about \d minutes: 45 s to start, \d+ s until healthy, up to \d+ s to drain$/,
    );
    expect(of("ec2").timeToDeploy.text).toMatch(
      /^at most \d+ minutes for 2 instances, one after the other: 420 s to boot, \d+ s until healthy, \d+ s to drain/,
    );
    expect(of("app-runner").timeToDeploy.text).toContain("up to 100 s to become healthy");
  });

  it("has no cost where the stack does not hold the load", () => {
    expect(of("app-runner").centsAt(loadFor(200))).toBeGreaterThan(0);
    expect(of("app-runner").centsAt(loadFor(201))).toBeUndefined();
    expect(of("fargate").centsAt(loadFor(6001))).toBeUndefined();
  });

  it("bills as many instances as the autoscaler runs at a load", () => {
    const usage = (connections: number) => of("ec2").centsAt({ ...loadFor(0), connections })!;
    const [two, three] = [usage(4000), usage(4001)];
    // A t4g.small in Tokyo costs $0.0216 an hour, its volume and metrics some dollars more.
    expect(three - two).toBeGreaterThan(1577);
    expect(three - two).toBeLessThan(3000);
  });

  it("costs more with more connections", () => {
    const costs = CONNECTIONS.map((connections) => of("fargate").centsAt(loadFor(connections))!);
    expect([...costs].sort((a, b) => a - b)).toEqual(costs);
    expect(of("fargate").idleCents).toBeLessThan(costs[0]!);
  });
});

it("keeps the default load's rates for each connection", () => {
  expect(loadFor(DEFAULT_LOAD.connections)).toEqual(DEFAULT_LOAD);
  expect(loadFor(5000)).toMatchObject({ connections: 5000, messagesPerSec: 5, requestsPerSec: 20 });
});

describe("the recommendation", () => {
  it("is the cheapest that anybody can create, and names a cheaper one that nobody new can", () => {
    const { chosen, why } = recommend(all, loadFor(100));
    expect(chosen?.pattern.openToNewCustomers).toBe(true);
    expect(why).toContain("App Runner, one instance costs less and holds this load, but carries no WebSockets");
  });

  it("leaves out what does not hold the load", () => {
    expect(recommend(all, parseLoad("connections=5000")).why).not.toContain("App Runner");
  });

  it("says what to do when no stack holds it", () => {
    expect(recommend(all, loadFor(50_000))).toEqual({
      chosen: undefined,
      why: "No stack of the profile small holds this load. Raise maxCount, take a larger profile, or run `make capacity`, which sizes up to ten million connections.",
    });
  });

  it("follows the prices, not the order", () => {
    const cheap = { ...of("fargate"), pattern: { ...of("fargate").pattern, id: "cheap" }, centsAt: () => 1 };
    expect(recommend([...all, cheap], loadFor(100)).chosen?.pattern.id).toBe("cheap");
  });
});

it("prints the figures and the recommendation for the load that is typed in", () => {
  const text = renderTerminal(all, parseLoad("connections=5000,messagesPerSec=50"));
  expect(text).toContain("A: Fargate behind a load balancer");
  expect(text).toContain("B: EC2 behind a load balancer");
  expect(text).toContain("D: API Gateway and Lambda: not there yet");
  expect(text).toContain("no: at most 200");
  expect(text).toContain("connections=5000");
  expect(text).toMatch(/\nChoose A: /);
});
