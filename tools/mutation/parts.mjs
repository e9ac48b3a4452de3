import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";

const PROJECT = resolve(import.meta.dirname, "..", "..");

/** Names of files that refuse bad input; so does every file in a folder `validation`. */
const GUARD = /^(validation.*|.*-validation|.*-checks?|read-props|parameters)\.ts$/;

/** Files and folders of a module that refuse bad input under another name. A test checks that each exists. */
export const MORE_GUARDS = {
  monitoring: ["log-metric.ts"],
  network: ["existing-network.ts"],
  waf: ["statements/match-statements.ts", "statements/top-level-statements.ts"],
};

/** Modules whose other tests synthesize too much to run for every mutant: only the tests of refusals, limits and policies judge them. */
const REFUSALS = /^(refusals|known-at-apply|limits|roles)/;
const JUDGES = { ecs: REFUSALS, "fargate-service": REFUSALS };

/** Modules that the tests of another one judge. */
const TESTED_BY = { ecs: "fargate-service" };

/** Tests that stand outside of a module's folder, because they need several modules: names relative to `__tests__/`. */
const MORE_JUDGES = {
  ecs: ["modules/first-apply", "modules/bad-inputs/kinds/service"],
  "fargate-service": ["modules/first-apply", "modules/bad-inputs/kinds/service"],
};

/** Data rather than checks. */
const NOT_MUTATED = /^(index|dev|prod|problems)\.ts$/;

/** Folders whose guards the tests of another module judge. */
const SHARED_FOLDERS = { "fargate-service": ["ecs"] };

/**
 * The parts that are mutated one after the other: source files, and test names relative to `__tests__/`. Only the part's own tests
 * judge its mutants, so that none is killed by chance from elsewhere, and a run is short enough to wait for.
 *
 * @type {Readonly<Record<string, { mutate: string[], tests: string[] }>>}
 */
export const PARTS = {
  core: part(
    filesIn("modules/core").filter((file) => basename(file) !== "index.ts"),
    testsIn("modules/core"),
  ),
  environments: part(
    filesIn("environments").filter((file) => !NOT_MUTATED.test(basename(file))),
    [...testsIn("environments"), ...testsIn("stacks").filter((name) => /environment|profiles/.test(basename(name)))],
  ),
  ...Object.fromEntries(modules().map((name) => [name, partOfModule(name)])),
};

/** The modules beside core that have tests and refuse anything. */
function modules() {
  return readdirSync(join(PROJECT, "modules"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "core")
    .map(({ name }) => name)
    .filter((name) => testsOf(name).length > 0 && guardsOf(name).length > 0);
}

function partOfModule(name) {
  const judge = JUDGES[name] ?? /(?:)/;
  const tests = testsOf(name).filter((test) => judge.test(basename(test)));
  return part(guardsOf(name), [...tests, ...(MORE_JUDGES[name] ?? [])]);
}

function testsOf(name) {
  return testsIn(`modules/${TESTED_BY[name] ?? name}`);
}

function guardsOf(name) {
  const more = (MORE_GUARDS[name] ?? []).flatMap((path) => filesIn(`modules/${name}/${path}`));
  const shared = (SHARED_FOLDERS[name] ?? []).flatMap((folder) => filesIn(`modules/${folder}`));
  return [...filesIn(`modules/${name}`), ...shared].filter(
    (file) => file.includes("/validation/") || GUARD.test(basename(file)) || more.includes(file),
  );
}

function part(mutate, tests) {
  return { mutate, tests };
}

function testsIn(folder) {
  return filesIn(`__tests__/${folder}`)
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => relative("__tests__", file).replace(/\.test\.ts$/, ""));
}

/** The TypeScript files at or below a path of the repository, as paths from its root; none when the path does not exist. */
function filesIn(path) {
  const root = join(PROJECT, path);
  if (!existsSync(root)) return [];
  if (statSync(root).isFile()) return [path];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(PROJECT, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

/** Returns the part that MUTATION_PART names. */
export function chosenPart() {
  const name = process.env["MUTATION_PART"];
  const chosen = name === undefined ? undefined : PARTS[name];
  if (!chosen) throw new Error(`MUTATION_PART: expected one of ${Object.keys(PARTS).join(", ")}, got ${name}`);
  return { name, ...chosen };
}
