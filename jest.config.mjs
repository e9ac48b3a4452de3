const shared = {
  modulePathIgnorePatterns: ["dist", "cdktf.out", ".simulator", ".cache", "app/.next", "app/dist"].map(
    (name) => `<rootDir>/${name}/`,
  ),
  transform: { "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
};

// Unit tests run in seconds. What takes longer has a folder and a project of its own: the twin runs real servers, terraform the real
// Terraform, which waits for the provider's own timers, and image builds the container and runs it.
const FOLDERS = ["twin", "terraform", "image"];

/** @type {import("jest").Config} */
const config = {
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
