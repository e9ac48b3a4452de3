import { join } from "node:path";
import { type NextConfig } from "next";

/** Of one development server; see development/folder.ts. A build has none and writes to `.next`, where the image expects its pages. */
const DEVELOPMENT_FOLDER = process.env["DEVELOPMENT_FOLDER"];

/** For every answer of Next, files included; the policy of scripts is made for each page, in src/proxy.ts. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  // Browsers take it from https alone.
  "Strict-Transport-Security": "max-age=31536000",
};

const config: NextConfig = {
  output: "standalone",
  ...(DEVELOPMENT_FOLDER !== undefined && { distDir: join(DEVELOPMENT_FOLDER, "pages") }),
  // A page of an older release that asks a newer one for its files reloads itself; the outbox and the drafts survive that.
  deploymentId: process.env["DEPLOYMENT_ID"],
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })),
      },
    ]),
  // The server is bundled by esbuild and brings its own packages; what is traced is for the pages alone.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // Types are checked by tsc over the whole app, tests and server included.
  typescript: {
    ignoreBuildErrors: true,
    ...(DEVELOPMENT_FOLDER !== undefined && { tsconfigPath: join(DEVELOPMENT_FOLDER, "tsconfig.json") }),
  },
  // No picture is resized, so sharp's 19 MB stay out of the image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**", "node_modules/@img/**"] },
};

export default config;
