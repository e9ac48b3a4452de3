import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "../programs/child-process";
import { type Finding } from "../programs/finding";
import { isExecutable, onPath } from "../programs/search-path";

export interface PythonProgram {
  /** The interpreter itself, not a shim, so that it runs as a direct child process. */
  readonly path: string;
  readonly motoVersion: string;
}

export interface PythonSearch {
  readonly env: NodeJS.ProcessEnv;
  /** Where the project's own virtual environment is created on demand. */
  readonly venv: string;
  /** The requirements file to install there. */
  readonly requirements: string;
}

const PROBE = [
  "import importlib.metadata, json, sys",
  "import moto.server",
  "print(json.dumps({'path': sys.executable, 'motoVersion': importlib.metadata.version('moto')}))",
].join("\n");

const WHAT = "a Python that can import moto (with its server)";

/**
 * Finds a Python with the pinned version of moto: MOTO_PYTHON, the interpreter of `moto_server`, every python3 on PATH, the
 * project's virtual environment. If none has it, creates the virtual environment and installs the requirements there.
 */
export async function findPython(search: PythonSearch): Promise<Finding<PythonProgram>> {
  const wanted = pinnedMoto(search.requirements);
  const looked: string[] = [];
  for (const [place, path] of candidates(search)) {
    const python = await probe(path, search.env);
    if (python?.motoVersion === wanted) {
      return { found: python };
    }
    looked.push(python ? `${place} has moto ${python.motoVersion}, not ${wanted}` : `${place} cannot import moto`);
  }
  const made = await createVenv(search);
  if ("found" in made) {
    return made;
  }
  const remedy = `pip install -r ${search.requirements} (moto ${wanted}) into a Python 3.10+, then set MOTO_PYTHON to it`;
  return { missing: { what: WHAT, looked: [...looked, made.failure], remedy } };
}

function pinnedMoto(requirements: string): string {
  return /^moto\[.*\]==(\S+)$/m.exec(readFileSync(requirements, "utf8"))?.[1] ?? "";
}

function candidates({ env, venv }: PythonSearch): (readonly [place: string, path: string])[] {
  const override = env["MOTO_PYTHON"];
  if (override) {
    return [[`MOTO_PYTHON=${override}`, override]];
  }
  const servers = onPath("moto_server", env).flatMap((server) =>
    interpretersOf(server).map((path) => [`${path} (beside moto_server)`, path] as const),
  );
  const pythons = onPath("python3", env).map((path) => [path, path] as const);
  const project = join(venv, "bin", "python3");
  const unique = new Map([...servers, ...pythons].map(([place, path]) => [path, place]));
  unique.set(project, project);
  return [...unique].map(([path, place]) => [place, path] as const);
}

/** Lists the interpreter in a script's first line, python3 in its folder, and the versions that a pyenv shim chooses from. */
function interpretersOf(script: string): string[] {
  const folder = dirname(script);
  const firstLine = readFileSync(script, "utf8").split("\n", 1)[0] ?? "";
  const interpreter = /^#!\s*(\/\S*python[\d.]*)/.exec(firstLine)?.[1];
  const versions = join(folder, "..", "versions");
  const pyenv = names(versions).map((name) => join(versions, name, "bin", "python3"));
  return [...(interpreter ? [interpreter] : []), join(folder, "python3"), ...pyenv].filter(isExecutable);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function probe(path: string, env: NodeJS.ProcessEnv): Promise<PythonProgram | undefined> {
  if (!isExecutable(path)) {
    return undefined;
  }
  try {
    const { stdout, code } = await run(path, ["-c", PROBE], { env });
    return code === 0 ? (JSON.parse(stdout) as PythonProgram) : undefined;
  } catch {
    return undefined;
  }
}

async function createVenv(search: PythonSearch): Promise<{ found: PythonProgram } | { failure: string }> {
  const base = onPath("python3", search.env)[0];
  if (!base || search.env["MOTO_PYTHON"]) {
    return { failure: base ? "MOTO_PYTHON is set, so no virtual environment was created" : "PATH has no python3" };
  }
  const { env, venv, requirements } = search;
  const python = join(venv, "bin", "python3");
  const steps = [
    [base, "-m", "venv", venv],
    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
  ] as const;
  for (const [command, ...args] of steps) {
    const failure = await failureOf(command, args, env);
    if (failure !== undefined) {
      return { failure: `${venv}: creating it failed (${failure})` };
    }
  }
  const made = await probe(python, env);
  return made ? { found: made } : { failure: `${venv} was created, but cannot import moto` };
}

/** Runs a program and returns the last line that it printed when it fails, else undefined. */
async function failureOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    const { code, stderr, stdout } = await run(command, args, { env });
    return code === 0 ? undefined : ((stderr || stdout).trim().split("\n").at(-1) ?? `exit code ${code}`);
  } catch (error) {
    return String(error);
  }
}
