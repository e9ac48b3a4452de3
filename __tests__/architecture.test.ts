import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "..");

/** Which top-level folders a folder may import from, itself included: main -> stacks -> modules, policies -> modules/core. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  modules: ["modules"],
  policies: ["policies", "modules"],
  stacks: ["stacks", "modules", "policies", "environments", "app"],
  environments: ["environments", "modules"],
  app: ["app"],
  // Its tests run on real servers, which the tools know how to start.
  "app/__tests__": ["app", "tools"],
  tools: ["tools"],
  examples: ["examples", "modules", "policies"],
};

/** Installed, generated, or listed with a rule of its own. */
const IGNORED = ["node_modules", ".next", "dist", "__tests__"];

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (IGNORED.includes(name)) return [];
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function imports(file: string): string[] {
  return ts.preProcessFile(readFileSync(file, "utf8")).importedFiles.map(({ fileName }) => fileName);
}

/** The imports of a file that stay in the repository, as paths from its root. */
function localImports(file: string): string[] {
  return imports(file)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(ROOT, resolve(dirname(file), specifier)));
}

describe.each(Object.entries(MAY_IMPORT))("%s", (folder, allowed) => {
  it(`imports only from ${allowed.join(", ")}`, () => {
    const wrong = sources(join(ROOT, folder)).flatMap((file) =>
      localImports(file)
        .filter((target) => !allowed.includes(target.split("/")[0]!))
        .map((target) => `${relative(ROOT, file)} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("modules", () => {
  const files = sources(join(ROOT, "modules"));

  it("import no other module but core", () => {
    const wrong = files.flatMap((file) => {
      const own = relative(join(ROOT, "modules"), file).split("/")[0]!;
      if (own === "index.ts") return [];
      return localImports(file)
        .map((target) => target.split("/")[1]!)
        .filter((target) => target !== own && target !== "core")
        .map((target) => `${relative(ROOT, file)} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it("depend on nothing but the three peers and Node itself", () => {
    const peer = /^(cdktf$|constructs$|@cdktf\/provider-aws\/lib\/[a-z0-9-]+$|node:|\.)/;
    const wrong = files.flatMap((file) => imports(file).filter((specifier) => !peer.test(specifier)));
    expect(wrong).toEqual([]);
  });

  it("make no App, stack, provider or data source, and read no process", () => {
    const forbidden = /new (App|TerraformStack|AwsProvider|Data[A-Z]\w+)\(|\bprocess\.|(?<![}.])\bconsole\.\w+\(/;
    const wrong = files.filter((file) => forbidden.test(readFileSync(file, "utf8")));
    expect(wrong.map((file) => relative(ROOT, file))).toEqual([]);
  });

  it("name what they export, one by one", () => {
    const indexes = files.filter((file) => file.endsWith("index.ts"));
    expect(indexes.length).toBeGreaterThan(10);
    const wholesale = indexes.filter((file) => /export \* from/.test(readFileSync(file, "utf8")));
    expect(wholesale.map((file) => relative(ROOT, file))).toEqual([]);
  });

  it("have a README and an index each", () => {
    const folders = readdirSync(join(ROOT, "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const missing = folders
      .filter(({ name }) => name !== "core")
      .flatMap(({ name }) => ["README.md", "index.ts", "defaults.ts"].map((file) => join(name, file)))
      .filter((file) => !sources(join(ROOT, "modules", dirname(file))).length || !exists(join(ROOT, "modules", file)));
    expect(missing).toEqual([]);
  });
});

describe("policies", () => {
  const files = sources(join(ROOT, "policies"));

  it("import nothing of the modules but core, so that they judge anybody's stacks", () => {
    const wrong = files.flatMap((file) =>
      localImports(file)
        .filter((target) => target.startsWith("modules/") && !target.startsWith("modules/core/"))
        .map((target) => `${relative(ROOT, file)} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it("depend on nothing but cdktf, constructs and Node itself", () => {
    const wrong = files.flatMap((file) =>
      imports(file).filter((specifier) => !/^(cdktf$|constructs$|node:|\.)/.test(specifier)),
    );
    expect(wrong).toEqual([]);
  });

  it("read no process and print nothing", () => {
    const forbidden = /\bprocess\.(env|argv|cwd|exit|std)|\bconsole\.\w+\(/;
    expect(files.filter((file) => forbidden.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("keep each rule in a file of its own, under its service", () => {
    const rules = files.filter((file) => /\bnew Rule\(/.test(readFileSync(file, "utf8")));
    expect(rules.length).toBeGreaterThan(50);
    const misplaced = rules.filter((file) => {
      const text = readFileSync(file, "utf8");
      const [service = "", name = ""] = relative(join(ROOT, "policies/rules"), file).replace(/\.ts$/, "").split("/");
      return text.split("new Rule(").length !== 2 || !text.includes(`id: "${service}-${name}"`);
    });
    expect(misplaced.map((file) => relative(ROOT, file))).toEqual([]);
  });
});

it("finds the imports that it judges", () => {
  expect(localImports(join(ROOT, "modules/network/network.ts"))).toContain("modules/core/cidr");
});

it("keeps main.ts a composition root of at most 60 lines", () => {
  expect(readFileSync(join(ROOT, "main.ts"), "utf8").split("\n").length).toBeLessThanOrEqual(61);
});

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
