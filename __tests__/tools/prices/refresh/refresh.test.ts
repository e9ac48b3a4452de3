import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PriceError } from "../../../../tools/prices/errors";
import { type PriceFile, readPriceFile } from "../../../../tools/prices/price-file";
import { PRICE_FILE } from "../../../../tools/prices/price-list";
import { offerOf } from "../../../../tools/prices/refresh/offers";
import { refresh } from "../../../../tools/prices/refresh/refresh";
import { renderRefresh } from "../../../../tools/prices/refresh/report";
import { ROOT } from "../../../helpers/run-program";
import { type Behaviour, PriceListServer, type Row } from "./price-list-server";

const TOKYO = "ap-northeast-1";
const TODAY = "2027-01-31";

let server: PriceListServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

function fileOf(prices: Readonly<Record<string, number>>): PriceFile {
  return {
    as_of: "2026-11-23",
    hours_per_month: 730,
    confidence: { A: "", B: "", C: "" },
    sources: { S1: { what: "a copy", date: "2026-10-10" } },
    prices: Object.entries(prices).map(([id, usd]) => ({
      id,
      service: "",
      item: "",
      unit: "",
      note: "",
      [TOKYO]: { usd, confidence: "C", sources: ["S1"] },
    })),
  };
}

async function refreshed(
  prices: Readonly<Record<string, number>>,
  files: Readonly<Record<string, readonly Row[]>>,
  { behaviour = {}, accepted }: { behaviour?: Record<string, Behaviour>; accepted?: ReadonlySet<string> } = {},
) {
  server = await PriceListServer.start(files, behaviour);
  return refresh(fileOf(prices), { base: server.url, today: TODAY, accepted });
}

const ECS = `AmazonECS/${TOKYO}`;
const fargate = (usd: number, more: Row = {}): Row => ({
  usageType: "APN1-Fargate-GB-Hours",
  PricePerUnit: usd,
  ...more,
});

it("adopts AWS's price, with date and confidence", async () => {
  const { file, changes } = await refreshed({ "fargate.x86.gb": 0.005 }, { [ECS]: [fargate(0.00553)] });
  expect(file.prices[0]![TOKYO]).toEqual({ usd: 0.00553, confidence: "A", sources: ["PL"] });
  expect(file.as_of).toBe(TODAY);
  expect(file.sources["PL"]).toEqual({ what: "AWS Price List bulk API, read by `make prices`", date: TODAY });
  expect(file.sources["S1"]).toBeDefined();
  expect(changes).toEqual([{ id: "fargate.x86.gb", region: TOKYO, before: 0.005, after: 0.00553 }]);
});

it("confirms an unchanged price, and does not count it as a change", async () => {
  const { file, changes, confirmed } = await refreshed({ "fargate.x86.gb": 0.00553 }, { [ECS]: [fargate(0.00553)] });
  expect(changes).toEqual([]);
  expect(confirmed).toBe(1);
  expect(file.prices[0]![TOKYO]).toMatchObject({ confidence: "A" });
});

it.each<[string, string, number, readonly [string, readonly Row[]], number]>([
  [
    "an application load balancer from a network one, whose usage type is the same",
    "alb.lcu",
    0.008,
    [
      `AWSELB/${TOKYO}`,
      [
        { usageType: "APN1-LCUUsage", operation: "LoadBalancing:Network", PricePerUnit: "0.006" },
        { usageType: "APN1-LCUUsage", operation: "LoadBalancing:Application", PricePerUnit: "0.009" },
      ],
    ],
    0.009,
  ],
  [
    "PostgreSQL from another engine, and two zones from one",
    "rds.pg.m7g.large.maz",
    0.47,
    [
      `AmazonRDS/${TOKYO}`,
      [
        { usageType: "APN1-Multi-AZUsage:db.m7g.large", "Database Engine": "MySQL", PricePerUnit: "0.41" },
        { usageType: "APN1-Multi-AZUsage:db.m7g.large", "Database Engine": "PostgreSQL", PricePerUnit: "0.43" },
        { usageType: "APN1-InstanceUsage:db.m7g.large", "Database Engine": "PostgreSQL", PricePerUnit: "0.215" },
      ],
    ],
    0.43,
  ],
  [
    "a Valkey node from Redis, and from the meter of durability beside it",
    "ec.valkey.m7g.large",
    0.1616,
    [
      `AmazonElastiCache/${TOKYO}`,
      [
        { usageType: "APN1-NodeUsage:cache.m7g.large", "Cache Engine": "Redis", PricePerUnit: "0.202" },
        { usageType: "APN1-NodeUsage:cache.m7g.large", "Cache Engine": "Valkey", PricePerUnit: "0.16" },
        { usageType: "APN1-SyncDurability-NodeUsage:cache.m7g.large", "Cache Engine": "Valkey", PricePerUnit: "0.03" },
      ],
    ],
    0.16,
  ],
  [
    "the first paid step from the free one and from those for more",
    "ddb.gb",
    0.28,
    [
      `AmazonDynamoDB/${TOKYO}`,
      [
        { usageType: "APN1-TimedStorage-ByteHrs", StartingRange: 0, PricePerUnit: 0 },
        { usageType: "APN1-TimedStorage-ByteHrs", StartingRange: 25, PricePerUnit: 0.285 },
        { usageType: "APN1-TimedStorage-ByteHrs", StartingRange: 9000, PricePerUnit: 0.1 },
      ],
    ],
    0.285,
  ],
  [
    "on-demand from reserved",
    "fargate.x86.gb",
    0.005,
    [ECS, [fargate(0.001, { TermType: "Reserved" }), fargate(0.006)]],
    0.006,
  ],
  [
    "one request from a million of them",
    "waf.req",
    0.6,
    [`awswaf/${TOKYO}`, [{ usageType: "APN1-RequestV2-Tier1", PricePerUnit: "0.0000007" }]],
    0.7,
  ],
  [
    "what is sold from one file for all regions",
    "r53.zone",
    0.5,
    ["AmazonRoute53", [{ usageType: "HostedZone", PricePerUnit: "0.6" }]],
    0.6,
  ],
])("reports %s", async (_title, id, before, [name, rows], after) => {
  const { changes } = await refreshed({ [id]: before }, { [name]: rows });
  expect(changes).toEqual([{ id, region: TOKYO, before, after }]);
});

it("downloads each file once", async () => {
  await refreshed({ "fargate.x86.gb": 1, "fargate.arm.gb": 1, "ddb.wru": 1, "ddb.rru": 1 }, { [ECS]: [fargate(1)] });
  expect(server!.asked).toEqual([ECS, `AmazonDynamoDB/${TOKYO}`]);
});

it("keeps a price that is not found, and reports which and why", async () => {
  const { file, missing } = await refreshed(
    { "fargate.spot.multiplier": 0.35, "fargate.x86.gb": 0.005, "sm.secret": 0.4 },
    {
      [ECS]: [fargate(0.005), fargate(0.006)],
      [`AWSSecretsManager/${TOKYO}`]: [{ usageType: "APN1-Other", PricePerUnit: 1 }],
    },
  );
  expect(missing).toEqual([
    { id: "fargate.spot.multiplier", region: TOKYO, reason: "its place in AWS's list is not known" },
    {
      id: "fargate.x86.gb",
      region: TOKYO,
      reason: "several prices of usage type Fargate-GB-Hours: 0.005, 0.006",
    },
    { id: "sm.secret", region: TOKYO, reason: "no price of usage type AWSSecretsManager-Secrets" },
  ]);
  expect(file).toEqual(fileOf({ "fargate.spot.multiplier": 0.35, "fargate.x86.gb": 0.005, "sm.secret": 0.4 }));
});

it("rejects an implausible price until a person accepts it", async () => {
  const files = { [ECS]: [fargate(0.5)] };
  const first = await refreshed({ "fargate.x86.gb": 0.005 }, files);
  expect(first.held).toEqual([{ id: "fargate.x86.gb", region: TOKYO, before: 0.005, after: 0.5 }]);
  expect(first.file.prices[0]![TOKYO]).toMatchObject({ usd: 0.005, confidence: "C" });
  await server!.stop();
  const second = await refreshed({ "fargate.x86.gb": 0.005 }, files, { accepted: new Set(["fargate.x86.gb"]) });
  expect(second.held).toEqual([]);
  expect(second.file.prices[0]![TOKYO]).toMatchObject({ usd: 0.5, confidence: "A" });
});

it("renders a report", async () => {
  const result = await refreshed(
    { "fargate.x86.gb": 0.005, "fargate.spot.multiplier": 0.35 },
    { [ECS]: [fargate(0.006)] },
  );
  expect(renderRefresh(result).split("\n")).toEqual([
    "0 prices unchanged, 1 changed, 0 held back, 1 not found.",
    "",
    "Changed:",
    "",
    "price           region          before $  after $   change",
    "──────────────  ──────────────  ────────  ───────  ───────",
    "fargate.x86.gb  ap-northeast-1     0.005    0.006  +20.0 %",
    "",
    "Not found; value, source and confidence are unchanged:",
    "",
    "price                    region          why",
    "───────────────────────  ──────────────  ────────────────────────────────────",
    "fargate.spot.multiplier  ap-northeast-1  its place in AWS's list is not known",
  ]);
});

it("locates every committed price except these in AWS's list", () => {
  const unknown = readPriceFile(PRICE_FILE)
    .prices.map(({ id }) => id)
    .filter((id) => !offerOf(id));
  expect(unknown.sort()).toEqual([
    "ec.sls.redis.gb",
    "ec.sls.valkey.ecpu",
    "ec.sls.valkey.gb",
    "fargate.spot.multiplier",
  ]);
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "prices-"));
  const path = join(folder, "prices.json");
  const old = `${JSON.stringify(fileOf({ "fargate.x86.gb": 0.005, "sm.secret": 0.4 }), undefined, 2)}\n`;
  beforeEach(() => writeFileSync(path, old));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = {
    [ECS]: [fargate(0.006)],
    [`AWSSecretsManager/${TOKYO}`]: [{ usageType: "APN1-AWSSecretsManager-Secrets", PricePerUnit: 0.4 }],
  };

  async function run(behaviour: Record<string, Behaviour> = {}) {
    server = await PriceListServer.start(files, behaviour);
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "tools/prices/refresh/cli.ts", "--from", server.url, "--file", path],
      { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += String(data)));
    const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { status, output };
  }

  it("replaces the file in one step, and leaves no draft", async () => {
    const { status, output } = await run();
    expect(output).toContain("1 prices unchanged, 1 changed, 0 held back, 0 not found.");
    expect(status).toBe(0);
    expect(readPriceFile(path).prices[0]![TOKYO]).toMatchObject({ usd: 0.006 });
    expect(readdirSync(folder)).toEqual(["prices.json"]);
  });

  it.each<[Behaviour, RegExp]>([
    ["breaks off", /AWSSecretsManager.*expected a price list, got/],
    ["absent", /AWSSecretsManager.*got HTTP 404/],
    ["a web page", /AWSSecretsManager.*expected/],
  ])("leaves the file as it is when the last download %s", async (behaviour, message) => {
    const { status, output } = await run({ [`AWSSecretsManager/${TOKYO}`]: behaviour });
    expect(output).toMatch(message);
    expect(output).toContain("The price file is unchanged.");
    expect(output).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
    expect(readFileSync(path, "utf8")).toBe(old);
    expect(readdirSync(folder)).toEqual(["prices.json"]);
  });
});

it("reports a server that does not answer", async () => {
  const nobody = refresh(fileOf({ "sm.secret": 0.4 }), { base: "http://127.0.0.1:1", today: TODAY });
  await expect(nobody).rejects.toThrow(PriceError);
});
