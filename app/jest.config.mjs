// Packages that jest cannot load as they are: ES modules only, or (PGlite) with dynamic imports in their CommonJS.
const ES_MODULES = ["@electric-sql"];

const shared = {
  testEnvironment: "node",
  globalSetup: "<rootDir>/../__tests__/helpers/measure-machine.ts",
  setupFilesAfterEnv: ["<rootDir>/__tests__/helpers/set-time-limit.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/.next/", "<rootDir>/.dev/"],
  transform: {
    "^.+\\.(ts|tsx|js|mjs|cjs)$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", tsx: true },
          target: "es2022",
          transform: { react: { runtime: "automatic" } },
        },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join("|")})/)`],
};

/**
 * Three kinds, told apart by name: `x.test.ts` needs nothing, `x.integration.test.ts` starts real PostgreSQL and Redis,
 * and what is in `e2e/` opens real browsers on a real server.
 * @type {import("jest").Config}
 */
const config = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.{ts,tsx}"],
      testPathIgnorePatterns: ["/node_modules/", "\\.integration\\.test\\.ts$", "<rootDir>/__tests__/e2e/"],
    },
    {
      ...shared,
      displayName: "integration",
      testMatch: ["<rootDir>/__tests__/**/*.integration.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/e2e/"],
    },
    { ...shared, displayName: "e2e", testMatch: ["<rootDir>/__tests__/e2e/**/*.test.ts"] },
  ],
};

export default config;
