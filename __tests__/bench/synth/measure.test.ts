import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interleave, type Program, runOnce } from "../../../bench/synth/measure";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bench-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const program = (name: string, code: string, env: Record<string, string> = {}): Program => ({
  name,
  cwd: folder,
  args: ["--eval", code],
  env,
  outDir: join(folder, "out", name),
});

it("measures the process alone", () => {
  const idle = runOnce(program("idle", ""));
  const busy = runOnce(
    program("busy", "const block = Buffer.alloc(150e6, 1); while (process.cpuUsage().user < 500e3);"),
  );
  expect(busy.userMs).toBeGreaterThan(500);
  expect(busy.wallMs).toBeGreaterThan(busy.userMs / 4);
  expect(busy.wallMs).toBeLessThan(60_000);
  expect(busy.peakMiB - idle.peakMiB).toBeGreaterThan(130);
  expect(busy.peakMiB).toBeLessThan(500);
});

it("does not count the memory of its parent process", () => {
  const large = Buffer.alloc(400e6, 1);
  const { peakMiB } = runOnce(program("idle", ""));
  expect(large.length).toBe(400e6);
  expect(peakMiB).toBeLessThan(300);
});

it("passes on no setting that changes how Node or the libraries run", () => {
  process.env.CDKTF_BENCH_TEST = "leaked";
  try {
    const code = "if (process.env.CDKTF_BENCH_TEST || process.env.MODE !== 'x') process.exit(1)";
    expect(() => runOnce(program("clean", code, { MODE: "x" }))).not.toThrow();
  } finally {
    delete process.env.CDKTF_BENCH_TEST;
  }
});

it("empties the output folder before a run", () => {
  const write = program(
    "write",
    "require('fs').mkdirSync(process.env.OUT); require('fs').writeFileSync(process.env.OUT + '/x', '')",
  );
  const { outDir } = write;
  // mkdirSync fails if the folder still exists.
  runOnce({ ...write, env: { OUT: outDir } });
  runOnce({ ...write, env: { OUT: outDir } });
  expect(existsSync(join(outDir, "x"))).toBe(true);
});

it("fails with the program's output", () => {
  expect(() => runOnce(program("broken", "console.error('no such region'); process.exit(3)"))).toThrow(
    "broken failed (3):\nno such region\n",
  );
});

it("runs the programs in turn and ignores the warm-up", () => {
  const log = join(folder, "log");
  const note = (name: string) => program(name, `require('fs').appendFileSync(${JSON.stringify(log)}, '${name}')`);
  const rounds: number[] = [];
  const samples = interleave([note("a"), note("b")], {
    warmUps: 1,
    rounds: 2,
    onRound: (round) => rounds.push(round),
  });
  expect(readFileSync(log, "utf8")).toBe("ababab");
  expect(rounds).toEqual([-1, 0, 1]);
  expect([...samples].map(([name, of]) => [name, of.length])).toEqual([
    ["a", 2],
    ["b", 2],
  ]);
});
