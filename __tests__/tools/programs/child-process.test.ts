import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { run, spawnGuarded, stop } from "../../../tools/programs/child-process";

const ENV = { PATH: process.env["PATH"] };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
  }
  expect(isAlive(pid)).toBe(false);
}

test("run returns the exit code and both outputs, and passes on each line", async () => {
  const lines: string[] = [];
  const result = await run("sh", ["-c", "echo a; echo b; echo c >&2; exit 3"], {
    env: ENV,
    onLine: (line) => lines.push(line),
  });
  expect(result).toEqual({ code: 3, stdout: "a\nb", stderr: "c\n" });
  expect(lines).toEqual(["a", "b"]);
});

test("run rejects a program that does not exist", async () => {
  await expect(run("/nowhere/program", [], { env: ENV })).rejects.toThrow("ENOENT");
});

test("stop ends a program together with its children", async () => {
  const child = spawnGuarded("sh", ["-c", "sleep 600 & echo $!; wait"], { env: ENV });
  const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const grandchild = Number(chunk.toString().trim());
  await stop(child);
  await untilGone(grandchild);
});

const ENDINGS = [
  ["a normal end", "process.exit(0)"],
  ["an uncaught error", "throw new Error('crash')"],
  ["Ctrl-C", "process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 10000)"],
  ["SIGTERM", "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10000)"],
] as const;

test.each(ENDINGS)("no program keeps running after %s", async (_, ending) => {
  const module = resolve(__dirname, "../../../tools/programs/child-process.ts");
  const script = `
    const { spawnGuarded } = require(${JSON.stringify(module)});
    const child = spawnGuarded("sleep", ["600"], { env: process.env });
    console.log(child.pid);
    setTimeout(() => { ${ending} }, 50);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "ignore"] });
  const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(chunk.toString().trim());
  expect(pid).toBeGreaterThan(0);
  await once(parent, "close");
  await untilGone(pid);
});

test("a program that finishes by itself gets Ctrl-C as SIGINT, and its result is still returned", async () => {
  const module = resolve(__dirname, "../../../tools/programs/child-process.ts");
  const script = `
    const { run } = require(${JSON.stringify(module)});
    const program = "trap 'echo finishing; exit 7' INT; echo ready; while true; do sleep 0.05; done";
    run("sh", ["-c", program], { env: process.env, onSignal: "forward", onLine: (line) => console.log(line) })
      .then(({ code }) => console.log("ended with " + code));`;
  const parent = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  parent.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed === "ready\n") parent.kill("SIGINT");
  });
  await once(parent, "close");
  expect(printed).toBe("ready\nfinishing\nended with 7\n");
});

test("a command that listens itself gets Ctrl-C once, goes on, and its next program gets the next one", async () => {
  const module = resolve(__dirname, "../../../tools/programs/child-process.ts");
  const script = `
    const { run } = require(${JSON.stringify(module)});
    process.on("SIGINT", () => console.log("cleans up"));
    const program = "trap 'exit 7' INT; echo ready; while true; do sleep 0.05; done";
    const start = (onSignal) => run("sh", ["-c", program], { env: process.env, onSignal, onLine: (line) => console.log(line) });
    start("kill").then(() => start("forward")).then(({ code }) => { console.log("ended with " + code); process.exit(0); });`;
  const parent = spawn(process.execPath, ["--import", "tsx", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  parent.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.endsWith("ready\n")) parent.kill("SIGINT");
  });
  await once(parent, "close");
  expect(printed).toBe("ready\ncleans up\nready\ncleans up\nended with 7\n");
});
