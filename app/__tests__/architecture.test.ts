import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const APP = resolve(__dirname, "..");
const DOMAIN = "server/domain/";

/** Everything outside of its own folder that the domain may import: the protocol's types, errors and limits. */
const DOMAIN_MAY_IMPORT = [DOMAIN, "protocol/"];

function sources(folder: string): string[] {
  return readdirSync(join(APP, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(APP, path)).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

/** Every module that a file imports, types included. */
function imports(file: string): string[] {
  return ts.preProcessFile(readFileSync(join(APP, file), "utf8")).importedFiles.map(({ fileName }) => fileName);
}

/** The files of the app that a file imports, from the app's folder. */
function localImports(file: string): string[] {
  return imports(file).flatMap((specifier) => {
    if (!specifier.startsWith(".")) return [];
    const target = join(dirname(file), specifier);
    const found = [`${target}.ts`, `${target}.tsx`, join(target, "index.ts")].find((path) =>
      statSync(join(APP, path), { throwIfNoEntry: false }),
    );
    return found === undefined ? [] : [found];
  });
}

/** The first circle of imports below a folder, as a path of files; `undefined` when there is none. */
function findCircle(files: readonly string[]): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const target of localImports(file)) {
      const circle = visit(target, [...path, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const circle = visit(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

describe("the domain", () => {
  const files = sources(DOMAIN);

  it("imports no package and no built-in module of Node", () => {
    const foreign = files.flatMap((file) =>
      imports(file)
        .filter((specifier) => !specifier.startsWith("."))
        .map((specifier) => `${file} -> ${specifier}`),
    );
    expect(files.length).toBeGreaterThan(20);
    expect(foreign).toEqual([]);
  });

  it("imports no adapter: neither sockets, REST, pages nor the database", () => {
    const foreign = files.flatMap((file) =>
      localImports(file)
        .filter((target) => !DOMAIN_MAY_IMPORT.some((folder) => target.startsWith(folder)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it("keeps one use case in a file of its name", () => {
    const useCases = files.filter((file) => dirname(file) === dirname(join(DOMAIN, "x")));
    const exported = useCases.flatMap((file) => {
      const functions = readFileSync(join(APP, file), "utf8").matchAll(/^export (?:async )?function (\w+)/gm);
      return [...functions].map(([, name]) => ({ file: relative(DOMAIN, file), name: kebabCase(name ?? "") }));
    });
    const misplaced = exported.filter(({ file, name }) => file !== `${name}.ts` && file !== "principal.ts");
    expect(misplaced).toEqual([]);
  });
});

it("has no circular imports in the server and the protocol, types included", () => {
  expect(findCircle([...sources("server"), ...sources("protocol")])).toBeUndefined();
});

it("finds the imports that it judges", () => {
  expect(localImports("server/domain/send-message.ts")).toEqual([
    "server/domain/ports/message-log.ts",
    "server/domain/ports/notifier.ts",
    "server/domain/principal.ts",
  ]);
  expect(localImports("server/realtime/handlers.ts")).toContain("server/domain/send-message.ts");
});

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
