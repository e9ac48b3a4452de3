import { basename, join, resolve } from "node:path";
import { run } from "../../tools/programs/child-process";

export const ROOT = resolve(__dirname, "../..");

/** Bundles each entry into one file, as the app's build does. @throws Error with esbuild's output */
export async function bundle(entries: readonly string[], folder: string): Promise<void> {
  const options = ["--bundle", "--platform=node", "--format=cjs", "--target=node20.9", `--outdir=${folder}`];
  const external = ["pg-native", "bufferutil", "utf-8-validate"].map((name) => `--external:${name}`);
  // esbuild also looks for packages in the folders of NODE_PATH.
  const env = { ...process.env, NODE_PATH: join(ROOT, "app/node_modules") };
  const esbuild = join(ROOT, "app/node_modules/.bin/esbuild");
  const { code, stderr } = await run(esbuild, [...entries, ...options, ...external, "--log-level=warning"], { env });
  if (code !== 0) throw new Error(`${entries.map((entry) => basename(entry)).join(", ")}: ${stderr}`);
}
