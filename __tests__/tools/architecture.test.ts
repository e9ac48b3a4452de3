import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { ROOT } from "../helpers/run-program";

const TOOLS = join(ROOT, "tools");

/** The shared folders: every tool may import them, and they import each other only. A report builds on what other tools compute. */
const SHARED_FOLDERS = [
  "aws",
  "command-line",
  "cost",
  "deploy",
  "doctor",
  "image",
  "judges",
  "load",
  "plan-report",
  "policy-report",
  "prices",
  "programs",
  "render",
  "servers",
  "simulator",
  "smoke",
  "supply-chain",
  "terraform",
];

/** Plain data, which every tool may read. */
const CONTRACT = join(ROOT, "app/contract.ts");

const files = sources(TOOLS);
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === "node_modules") return [];
    if (statSync(path).isDirectory()) return sources(path);
    return path.endsWith(".ts") ? [path] : [];
  });
}

/** The files of the repository that a file imports, for their types or their values. */
function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.map(({ fileName }) => fileName)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => resolve(dirname(file), specifier))
    .map((path) => [path, `${path}.ts`, join(path, "index.ts")].find((candidate) => isFile(candidate)) ?? path);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function folderOf(path: string): string {
  return relative(TOOLS, path).split("/")[0]!;
}

function wrongImports(isAllowed: (from: string, to: string) => boolean): string[] {
  return files.flatMap((file) =>
    imports
      .get(file)!
      .filter((target) => target !== CONTRACT && !isAllowed(folderOf(file), folderOf(target)))
      .map((target) => `${relative(ROOT, file)} -> ${relative(ROOT, target)}`),
  );
}

/** Finds the first circle of imports, as the files along it. */
function circle(): string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of imports.get(file) ?? []) {
      const found = visit(target, [...path, file]);
      if (found) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const found = visit(file, []);
    if (found) return found.map((path) => relative(ROOT, path));
  }
  return [];
}

it("finds the imports that it checks", () => {
  expect(imports.get(join(TOOLS, "cost/bill.ts"))).toContain(join(TOOLS, "terraform/plan.ts"));
  expect(files.length).toBeGreaterThan(150);
});

it("a tool imports only itself and the shared folders", () => {
  expect(wrongImports((from, to) => to === from || SHARED_FOLDERS.includes(to))).toEqual([]);
});

it("a shared folder imports only shared folders", () => {
  expect(wrongImports((from, to) => !SHARED_FOLDERS.includes(from) || SHARED_FOLDERS.includes(to))).toEqual([]);
});

it("every shared folder exists", () => {
  expect(SHARED_FOLDERS.filter((room) => !readdirSync(TOOLS).includes(room))).toEqual([]);
});

it("no file is outside a folder", () => {
  expect(readdirSync(TOOLS).filter((name) => isFile(join(TOOLS, name)))).toEqual([]);
});

it("files import each other without circles, types included", () => {
  expect(circle()).toEqual([]);
});

it("no file is longer than 300 lines", () => {
  const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 301);
  expect(long.map((file) => relative(ROOT, file))).toEqual([]);
});
