import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import {
  findCircularImports,
  findLongFiles,
  findLongFunctions,
  importsOf,
  localImportsOf,
  type SourceText,
} from "./helpers/source-checks";

const ROOT = resolve(__dirname, "..");

/** The folders and files that each folder may import: main -> stacks -> modules, policies -> modules/core. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  modules: ["modules"],
  policies: ["policies", "modules"],
  stacks: ["stacks", "modules", "policies", "environments", "app"],
  environments: ["environments", "modules"],
  app: ["app"],
  // The app's tests start real servers with the tools, and have the same time limits as all tests.
  "app/__tests__": ["app", "tools", "__tests__/helpers/time-limits"],
  // `doctor` holds what runs against what the application needs.
  tools: ["tools", "app/contract"],
  examples: ["examples", "modules", "policies"],
  // The benchmarks measure the modules, a stack's provider and the app, on the tests' applied topology.
  bench: ["bench", "modules", "stacks", "environments", "app", "tools", "__tests__"],
};

/** Folders whose code may be imported by every module. */
const SHARED_MODULES = ["core", "ecs"];

const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 50;

/** Installed, generated, or with a rule of its own in MAY_IMPORT. */
const IGNORED = ["node_modules", ".next", "dist", "__tests__"];

function readSources(folder: string): SourceText[] {
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (IGNORED.includes(name)) return [];
    if (statSync(join(ROOT, path)).isDirectory()) return readSources(path);
    return /\.tsx?$/.test(name) ? [{ path, text: readFileSync(join(ROOT, path), "utf8") }] : [];
  });
}

/** Returns `file -> import` for each local import that the condition refuses. */
function wrongImports(
  files: readonly SourceText[],
  isAllowed: (target: string, file: SourceText) => boolean,
): string[] {
  return files.flatMap((file) =>
    localImportsOf(file)
      .filter((target) => !isAllowed(target, file))
      .map((target) => `${file.path} -> ${target}`),
  );
}

function pathsOf(files: readonly SourceText[]): string[] {
  return files.map(({ path }) => path);
}

describe.each(Object.entries(MAY_IMPORT))("%s", (folder, allowed) => {
  it(`imports only from ${allowed.join(", ")}`, () => {
    const isAllowed = (target: string) => allowed.some((place) => `${target}/`.startsWith(`${place}/`));
    expect(wrongImports(readSources(folder), isAllowed)).toEqual([]);
  });
});

describe("all code but the tests", () => {
  const folders = Object.keys(MAY_IMPORT).filter((folder) => !folder.endsWith("__tests__"));
  const files = folders.flatMap(readSources);

  it("is read from every top-level folder with code", () => {
    const withCode = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !IGNORED.includes(entry.name))
      .filter(({ name }) => name !== "cdktf.out" && name !== "coverage" && readSources(name).length > 0);
    expect(withCode.map(({ name }) => name).sort()).toEqual([...folders].sort());
  });

  it("has no circular imports, those of types included", () => {
    expect(findCircularImports(files)).toEqual([]);
  });

  it(`has no file with more than ${MAX_FILE_LINES} lines`, () => {
    expect(findLongFiles(files, MAX_FILE_LINES)).toEqual([]);
  });

  it(`has no function with more than ${MAX_FUNCTION_LINES} lines`, () => {
    expect(files.flatMap((file) => findLongFunctions(file, MAX_FUNCTION_LINES))).toEqual([]);
  });
});

describe("modules", () => {
  const files = readSources("modules");
  const isShared = (name: string) => SHARED_MODULES.includes(name);

  it(`import no other module but ${SHARED_MODULES.join(" and ")}`, () => {
    const wrong = wrongImports(files, (target, { path }) => {
      const [own, other] = [path.split("/")[1]!, target.split("/")[1]!];
      return own === "index.ts" || other === own || isShared(other);
    });
    expect(wrong).toEqual([]);
  });

  it("keep core independent of all other modules", () => {
    expect(
      wrongImports(
        files.filter(({ path }) => path.startsWith("modules/core/")),
        (target) => target.startsWith("modules/core/"),
      ),
    ).toEqual([]);
  });

  it("depend only on the three peers, ip-address and Node.js", () => {
    const allowed = /^(cdktf$|constructs$|@cdktf\/provider-aws\/lib\/[a-z0-9-]+$|ip-address$|node:|\.)/;
    expect(files.flatMap(importsOf).filter((specifier) => !allowed.test(specifier))).toEqual([]);
  });

  it("have no runtime dependency but ip-address, pinned exactly", () => {
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(dependencies)).toEqual(["ip-address"]);
    expect(dependencies["ip-address"]).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("create no App, stack, provider or data source, and do not read the process", () => {
    const forbidden =
      /new (App|TerraformStack|AwsProvider|Data(?!Resource\()[A-Z]\w+)\(|\bprocess\.|(?<![}.])\bconsole\.\w+\(/;
    expect(pathsOf(files.filter(({ text }) => forbidden.test(text)))).toEqual([]);
  });

  it("name each export explicitly", () => {
    const indexes = files.filter(({ path }) => path.endsWith("index.ts"));
    expect(indexes.length).toBeGreaterThan(10);
    expect(pathsOf(indexes.filter(({ text }) => /export \* from/.test(text)))).toEqual([]);
  });

  it("have a README, an index and defaults each", () => {
    const folders = readdirSync(join(ROOT, "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const missing = folders
      .filter(({ name }) => !isShared(name) && readSources(join("modules", name)).length > 0)
      .flatMap(({ name }) => ["README.md", "index.ts", "defaults.ts"].map((file) => join("modules", name, file)))
      .filter((file) => !existsSync(join(ROOT, file)));
    expect(missing).toEqual([]);
  });
});

describe("policies", () => {
  const files = readSources("policies");

  it("import no module but core, so that they can check any stack", () => {
    const isAllowed = (target: string) => !target.startsWith("modules/") || target.startsWith("modules/core/");
    expect(wrongImports(files, isAllowed)).toEqual([]);
  });

  it("depend only on cdktf, constructs and Node.js", () => {
    const allowed = /^(cdktf$|constructs$|node:|\.)/;
    expect(files.flatMap(importsOf).filter((specifier) => !allowed.test(specifier))).toEqual([]);
  });

  it("do not read the process and do not print", () => {
    const forbidden = /\bprocess\.(env|argv|cwd|exit|std)|\bconsole\.\w+\(/;
    expect(pathsOf(files.filter(({ text }) => forbidden.test(text)))).toEqual([]);
  });

  it("have each rule in a separate file, named after its id, in the folder of its service", () => {
    const rules = files.filter(({ text }) => /\bnew Rule\(/.test(text));
    expect(rules.length).toBeGreaterThan(50);
    const misplaced = rules.filter(({ path, text }) => {
      const [service = "", name = ""] = relative("policies/rules", path).replace(/\.ts$/, "").split("/");
      return text.split("new Rule(").length !== 2 || !text.includes(`id: "${service}-${name}"`);
    });
    expect(pathsOf(misplaced)).toEqual([]);
  });
});

it("reads the imports of the files that it checks", () => {
  const network = readSources("modules/network").filter(({ path }) => dirname(path) === "modules/network");
  expect(network.flatMap(localImportsOf).filter((target) => target.startsWith("modules/core/"))).not.toEqual([]);
});

it("keeps main.ts a composition root of at most 60 lines", () => {
  expect(readFileSync(join(ROOT, "main.ts"), "utf8").split("\n").length).toBeLessThanOrEqual(61);
});
