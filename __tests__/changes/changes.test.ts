import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../../modules";
import { recordedOutcomes } from "../helpers/transitions/changes-file";
import { changesDocument } from "./document";
import { LIMITS } from "./limits";

const DOCUMENT = join(__dirname, "..", "..", "docs", "changes.md");

it("generates docs/changes.md", () => {
  const text = changesDocument(recordedOutcomes());
  if (process.env["UPDATE_CHANGES"]) writeFileSync(DOCUMENT, text);
  expect(readFileSync(DOCUMENT, "utf8")).toBe(text);
});

it("names constructs of the library only", () => {
  const named = [...LIMITS, ...recordedOutcomes()].flatMap(({ construct }) => construct.split(", "));
  expect([...new Set(named)].filter((name) => !(name in library))).toEqual([]);
});
