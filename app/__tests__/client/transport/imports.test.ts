import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const APP = join(__dirname, "../../..");
const TRANSPORT = "client/transport/socket-io.ts";

/** Every TypeScript file below a folder of the app, relative to the app's folder. */
function filesOf(folder: string): string[] {
  return readdirSync(join(APP, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const source = readFileSync(join(APP, file), "utf8");
  return [...source.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map(([, specifier]) => specifier!);
}

const CLIENT = filesOf("client");

it("reads the files of the client and of the pages", () => {
  expect(CLIENT).toContain(TRANSPORT);
  expect(filesOf("src").length).toBeGreaterThan(20);
});

it("allows Socket.IO in its transport only", () => {
  const files = [...CLIENT, ...filesOf("src")];
  expect(files.filter((file) => importsOf(file).some((name) => /^(socket|engine)\.io/.test(name)))).toEqual([
    TRANSPORT,
  ]);
  const callers = files.filter((file) => /\bio\s*\(/.test(readFileSync(join(APP, file), "utf8")));
  expect(callers).toEqual([TRANSPORT]);
});

it("allows no framework in the client", () => {
  const imports = CLIENT.flatMap((file) => importsOf(file).map((name) => `${file}: ${name}`));
  expect(imports.filter((line) => /: (react|next)(\/|-|$)/.test(line))).toEqual([]);
});

it("allows imports of the Socket.IO transport in the client's index only", () => {
  const importers = [...CLIENT, ...filesOf("src")].filter((file) =>
    importsOf(file).some((name) => name.endsWith("transport/socket-io")),
  );
  expect(importers).toEqual(["client/index.ts"]);
});
