const shared = {
  modulePathIgnorePatterns: [
    "dist",
    "cdktf.out",
    ".simulator",
    ".verify-aws",
    ".cache",
    "app/.next",
    "app/.dev",
    "app/dist",
  ].map((name) => `<rootDir>/${name}/`),
  // Time limits are in __tests__/helpers/time-limits.ts and scale with the machine's speed.
  globalSetup: "<rootDir>/__tests__/helpers/measure-machine.ts",
  setupFilesAfterEnv: ["set-time-limit", "without-stack-traces"].map(
    (name) => `<rootDir>/__tests__/helpers/${name}.ts`,
  ),
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};

// Unit tests run in seconds. Slower kinds have a folder and a project each: twin runs real servers, terraform runs real Terraform, which
// waits for the provider's own timers, image builds and runs the container, instance boots machines that run the user data, and delivery takes an environment from the first deployment to
// the end.
const FOLDERS = ["twin", "terraform", "transitions", "image", "instance", "delivery"];

/** @type {import("jest").Config} */
const config = {
  testSequencer: "<rootDir>/.ci/longest-first.mjs",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", ...FOLDERS.map((name) => `<rootDir>/__tests__/${name}/`)],
    },
    ...FOLDERS.map((name) => ({
      ...shared,
      displayName: name,
      testMatch: [`<rootDir>/__tests__/${name}/**/*.test.ts`],
    })),
  ],
};

export default config;
