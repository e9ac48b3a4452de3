// `npm run dev`: bundles the server, runs it, and restarts it whenever one of its files changes. Next reloads the pages.
import { writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type BuildOptions, context, type Plugin } from "esbuild";
import { CompilerCache } from "./compiler-cache";
import { developmentFolder, developmentPort } from "./folder";
import { lockFolder } from "./folder-lock";
import { isListening } from "./is-listening";
import { ServerRunner } from "./server-runner";
import { spawnServer } from "./spawn-server";

const APP = dirname(__dirname);
const folder = developmentFolder(process.env);
const port = developmentPort(process.env);

/** Next adds the types that it generates to the TypeScript configuration it is given; this keeps it away from the app's own. */
function writeTypeScriptConfiguration(): void {
  const root = join(APP, folder);
  const extended = join(relative(root, APP), "tsconfig.json");
  writeFileSync(join(root, "tsconfig.json"), `${JSON.stringify({ extends: extended, include: [] })}\n`);
}

async function main(): Promise<void> {
  lockFolder(join(APP, folder));
  writeTypeScriptConfiguration();
  const runner = new ServerRunner({
    spawn: () => spawnServer({ app: APP, folder }),
    cache: new CompilerCache(join(APP, folder, "pages", "dev", "cache", "turbopack")),
    isListening: () => isListening(port),
    print: (line) => process.stdout.write(`${line}\n`),
    exit: (code) => process.exit(code),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => runner.stop());
  // A test or a tool that started this process may be killed; the server must not outlive it.
  process.on("disconnect", () => runner.stop());
  const restart: Plugin = {
    name: "restart",
    setup: (build) =>
      build.onEnd(({ errors }) => {
        if (errors.length === 0) void runner.restart();
      }),
  };
  // An ES module without types, and with top-level await, which `require` cannot load.
  const { serverBundle } = (await import(join(APP, "build.mjs"))) as { readonly serverBundle: BuildOptions };
  const bundle = await context({ ...serverBundle, outdir: folder, plugins: [restart] });
  await bundle.watch();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
