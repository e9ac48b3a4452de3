import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** One file of source code; the path is relative to the repository, with forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** Returns all module specifiers of a file: imports, re-exports, dynamic imports and types (`import("./x").Y`). */
export function importsOf({ text }: SourceText): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Returns the repository paths that a file imports, without extension. Packages are left out. */
export function localImportsOf(file: SourceText): string[] {
  return importsOf(file)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => normalize(join(dirname(file.path), specifier)));
}

/** Finds circular imports, those of types included. Each is a path such as `a.ts -> b.ts -> a.ts`. */
export function findCircularImports(files: readonly SourceText[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const edges = new Map(
    files.map((file) => [file.path, localImportsOf(file).flatMap((target) => resolveIn(paths, target) ?? [])]),
  );
  return [...paths].flatMap((path) => {
    const back = shortestPath(edges, path, path);
    // Each circle is reported once, at its first file by name.
    return back && back.every((other) => path <= other) ? [[path, ...back].join(" -> ")] : [];
  });
}

function resolveIn(paths: ReadonlySet<string>, target: string): string | undefined {
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`, `${target}/index.tsx`];
  return candidates.find((candidate) => paths.has(candidate));
}

/** Finds the shortest import path, breadth first. */
function shortestPath(edges: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | undefined {
  const paths = (edges.get(from) ?? []).map((next) => [next]);
  const seen = new Set(edges.get(from));
  for (const path of paths) {
    const last = path.at(-1)!;
    if (last === to) return path;
    for (const next of edges.get(last) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return undefined;
}

/** Finds functions, methods and constructors with more lines than allowed, nested functions included. */
export function findLongFunctions(file: SourceText, maxLines: number): string[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const [first, last] = [node.getStart(source), node.getEnd()].map(
        (position) => source.getLineAndCharacterOfPosition(position).line,
      ) as [number, number];
      const lines = last - first + 1;
      if (lines > maxLines) found.push(`${file.path}:${first + 1} ${nameOf(node)}: ${lines} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const name = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return name?.getText() ?? "anonymous function";
}

/** Finds files with more lines than allowed. */
export function findLongFiles(files: readonly SourceText[], maxLines: number): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > maxLines)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}
