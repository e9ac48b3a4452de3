import { type NextConfig } from "next";

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
  typescript: { ignoreBuildErrors: true },
  // No picture is resized, so sharp's 19 MB stay out of the image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**", "node_modules/@img/**"] },
};

export default config;
