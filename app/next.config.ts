import { join } from "node:path";
import { type NextConfig } from "next";

/** Of one development server; see development/folder.ts. A build has none and writes to `.next`, where the image expects its pages. */
const DEVELOPMENT_FOLDER = process.env["DEVELOPMENT_FOLDER"];

/** Headers of every response of Next, files included. The content security policy is set for each page in src/proxy.ts. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  // Browsers ignore it on http.
  "Strict-Transport-Security": "max-age=31536000",
};

/** Policy of `public/offline.html`, which is kept in the browser: a nonce would be the same each time. */
const OFFLINE_POLICY = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "connect-src"].map((name) => `${name} 'self'`),
  ...["base-uri", "form-action", "frame-ancestors"].map((name) => `${name} 'none'`),
].join("; ");

const config: NextConfig = {
  output: "standalone",
  ...(DEVELOPMENT_FOLDER !== undefined && { distDir: join(DEVELOPMENT_FOLDER, "pages") }),
  // A page of an older release reloads when a newer one serves its files; outbox and drafts are kept.
  deploymentId: process.env["DEPLOYMENT_ID"],
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () =>
    Promise.resolve([
      {
        source: "/:path*",
        headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })),
      },
      { source: "/offline.html", headers: [{ key: "Content-Security-Policy", value: OFFLINE_POLICY }] },
    ]),
  // esbuild bundles the server with its packages; tracing is for the pages only.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // tsc checks the types of the whole app, tests and server included.
  typescript: {
    ignoreBuildErrors: true,
    ...(DEVELOPMENT_FOLDER !== undefined && { tsconfigPath: join(DEVELOPMENT_FOLDER, "tsconfig.json") }),
  },
  experimental: {
    // What Next keeps of a body while src/proxy.ts runs; its default of 10 MB lets a few uploads take all of a task's memory. More than
    // next-auth's route accepts, so that a body that is cut off here is refused.
    proxyClientMaxBodySize: 32 * 1024,
  },
  // No image is resized, so that sharp's 19 MB stay out of the container image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**", "node_modules/@img/**"] },
};

export default config;
