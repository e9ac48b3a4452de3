import js from "@eslint/js";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "dist/",
      "cdktf.out/",
      ".simulator/",
      ".twin/",
      ".verify-aws/",
      ".cache/",
      "coverage/",
      "bench/synth/aws-cdk/",
      "**/.next/",
      "app/.dev/",
      "app/dist/",
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [
            {
              name: "@cdktf/provider-aws",
              message:
                "Import from a deep path (@cdktf/provider-aws/lib/vpc): the package root takes 5x the time and memory.",
            },
            {
              name: "cdktf",
              importNames: ["DataResource"],
              message:
                "It runs `terraform version` in each synth: use createTerraformData (modules/core/terraform-data.ts).",
            },
          ],
        },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      // Constructs are often created only for their side effects in the tree.
      "no-new": "off",
    },
  },
  {
    // A long value, even a stranger's, must not take quadratic time.
    files: ["{modules,environments,stacks,policies,tools}/**/*.ts", "app/**/*.{ts,tsx}"],
    // The latter reads patterns of at most 512 characters.
    ignores: ["app/__tests__/**", "modules/waf/statements/regular-expression.ts"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    files: ["modules/**/*.ts", "policies/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "modules/ and policies/ must not read the process: add a prop." },
        {
          name: "console",
          message: "modules/ and policies/ must not print: throw a ConfigurationError or add an annotation.",
        },
      ],
    },
  },
  {
    // Run by browsers as they are.
    files: ["app/public/*.js"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        addEventListener: "readonly",
        caches: "readonly",
        document: "readonly",
        fetch: "readonly",
        location: "readonly",
        navigator: "readonly",
        Request: "readonly",
        Response: "readonly",
        self: "readonly",
        setInterval: "readonly",
        URL: "readonly",
      },
    },
  },
  {
    files: ["**/*.mjs", "__tests__/tools/twin/fixtures/image/*.js"],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: { Buffer: "readonly", console: "readonly", process: "readonly", setTimeout: "readonly" },
    },
  },
);
