import base from "./jest.config.mjs";
import { chosenPart } from "./tools/mutation/parts.mjs";

const unit = base.projects.find((project) => project.displayName === "unit");

/** @type {import("jest").Config} */
const config = {
  ...unit,
  testMatch: chosenPart().tests.map((place) => `<rootDir>/__tests__/${place}.test.ts`),
};

export default config;
