// Builds the app. `node build.mjs server [folder]` bundles the server only (a second); `node build.mjs` also builds the pages and puts
// everything that the container needs into dist/image/:
//
//   server.js migrate.js   the two entries, bundled
//   migrations/            the SQL that migrate.js runs
//   .next/ public/         what Next serves
//   node_modules/          the packages that Next traced, and those with native parts, which cannot be bundled
//
// `cd dist/image && node server.js` starts it; nothing outside of that folder is read.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = dirname(fileURLToPath(import.meta.url));
const IMAGE = join(ROOT, "dist", "image");
const STANDALONE = join(ROOT, ".next", "standalone");

/** Packages outside of the bundle besides Next, which traces its own: they have native or WebAssembly parts. */
const NATIVE = ["@node-rs/argon2"];
const DEVELOPMENT_ONLY = ["@electric-sql/pglite"];
/** Optional accelerators of ws and pg, which are not installed. */
const OPTIONAL = ["bufferutil", "utf-8-validate", "pg-native", "pg-cloudflare", "cloudflare:sockets"];

/** @type {import("esbuild").BuildOptions} */
export const serverBundle = {
  absWorkingDir: ROOT,
  entryPoints: { server: "server/main.ts", migrate: "server/migrate.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.9",
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  // A smaller file starts faster; names are kept for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
  external: ["next", "next/*", ...[...NATIVE, ...DEVELOPMENT_ONLY].flatMap((name) => [name, `${name}/*`]), ...OPTIONAL],
};

function buildPages() {
  const next = join(ROOT, "node_modules", "next", "dist", "bin", "next");
  const { status } = spawnSync(process.execPath, [next, "build"], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Copies a package with its dependencies, as far as npm has installed them: platform packages only for this machine. */
function copyPackage(name) {
  const folder = join(ROOT, "node_modules", name);
  if (!existsSync(folder)) return;
  cpSync(folder, join(IMAGE, "node_modules", name), { recursive: true });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) copyPackage(dependency);
}

function assembleImage() {
  rmSync(IMAGE, { recursive: true, force: true });
  mkdirSync(join(IMAGE, ".next"), { recursive: true });
  for (const name of ["node_modules", ".next"]) {
    cpSync(join(STANDALONE, name), join(IMAGE, name), { recursive: true, verbatimSymlinks: true });
  }
  cpSync(join(ROOT, ".next", "static"), join(IMAGE, ".next", "static"), { recursive: true });
  cpSync(join(ROOT, "public"), join(IMAGE, "public"), { recursive: true });
  cpSync(join(ROOT, "migrations"), join(IMAGE, "migrations"), { recursive: true });
  for (const file of readdirSync(join(ROOT, "dist"))) {
    if (/^(server|migrate)\.js(\.map)?$/.test(file)) cpSync(join(ROOT, "dist", file), join(IMAGE, file));
  }
  // Without it, Node would look for the modules' type in the folders above.
  writeFileSync(join(IMAGE, "package.json"), `${JSON.stringify({ name: "messenger-crm", private: true })}\n`);
  NATIVE.forEach(copyPackage);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, folder = serverBundle.outdir] = process.argv.slice(2);
  await build({ ...serverBundle, outdir: folder });
  if (what !== "server") {
    buildPages();
    assembleImage();
  }
}
