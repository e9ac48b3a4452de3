const transform = {
  "^.+\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
};

const GENERATED = ["dist", "cdktf.out", ".simulator", ".cache"].map((folder) => `<rootDir>/${folder}/`);

// Unit tests run in seconds; twin tests run real servers; terraform tests run the real Terraform and wait for the provider's own timers.
/** @type {import("jest").Config} */
const config = {
  projects: [
    {
      displayName: "unit",
      testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/__tests__/terraform/", "<rootDir>/__tests__/twin/"],
      modulePathIgnorePatterns: GENERATED,
      transform,
    },
    {
      displayName: "twin",
      testMatch: ["<rootDir>/__tests__/twin/**/*.test.ts"],
      modulePathIgnorePatterns: GENERATED,
      transform,
    },
    {
      displayName: "terraform",
      testMatch: ["<rootDir>/__tests__/terraform/**/*.test.ts"],
      modulePathIgnorePatterns: GENERATED,
      transform,
    },
  ],
};

export default config;
