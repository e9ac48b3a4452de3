import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { isExecutable } from "../../../tools/programs/search-path";

/** Names under which distributions install it; Debian's package is `chromium`. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Switches off what the browser does in the background over the network or on top of a page. */
const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-domain-reliability",
  "--disable-dev-shm-usage",
  "--disable-features=OptimizationHints,MediaRouter,Translate",
  "--disable-sync",
  "--no-first-run",
  "--no-pings",
];

/**
 * Launches Chromium.
 *
 * @throws Error that names the package to install, when there is no browser
 */
export function launchBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: findBrowser(process.env["PATH"] ?? ""),
    // Chromium refuses to run its sandbox as root.
    chromiumSandbox: !isRoot,
    args: FLAGS,
  });
}

export function findBrowser(path: string): string {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const name of NAMES) {
      const file = join(folder, name);
      if (isExecutable(file)) return file;
    }
  }
  throw new Error(
    `no browser on PATH (${NAMES.join(", ")}): install the Debian package chromium, or run .ci/require-debian chromium as root`,
  );
}
