import { type NextConfig } from "next";

const config: NextConfig = {
  output: "standalone",
  // A page of an older release that asks a newer one for its files reloads itself; the outbox and the drafts survive that.
  deploymentId: process.env["DEPLOYMENT_ID"],
  poweredByHeader: false,
  reactStrictMode: true,
  // The server is bundled by esbuild and brings its own packages; what is traced is for the pages alone.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // No picture is resized, so sharp's 19 MB stay out of the image.
  images: { unoptimized: true },
  outputFileTracingExcludes: { "*": ["node_modules/sharp/**", "node_modules/@img/**"] },
};

export default config;
