/**
 * Checks GitHub workflows against GitHub's own rules: `node --import tsx .ci/lint-workflows.mjs [file] ...`, by default every file in .github/workflows.
 * Prints `file:line:column: message` for each finding, and exits with 1 when there is one. See docs/adr/0017-workflow-checks.md.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { validate } from "@actions/languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

const ROOT = resolve(import.meta.dirname, "..");
const FOLDER = ".github/workflows";

/** Reads the workflows that a workflow calls. */
const fileProvider = {
  async getFileContent(reference) {
    if (!("path" in reference)) throw new Error("only workflows of this repository are called");
    return { name: reference.path, content: readFileSync(join(ROOT, reference.path), "utf8") };
  },
};

async function findings(file, index) {
  // The checker keeps what it has parsed by its address, so that each file needs one of its own, in the folder of workflows.
  const uri = pathToFileURL(join(ROOT, FOLDER, `${index}.yml`)).href;
  const document = TextDocument.create(uri, "yaml", 1, readFileSync(file, "utf8"));
  const diagnostics = await validate(document, { fileProvider });
  return diagnostics.map(
    ({ range: { start }, message }) => `${file}:${start.line + 1}:${start.character + 1}: ${message}`,
  );
}

const given = process.argv.slice(2);
const files = given.length > 0 ? given : readdirSync(join(ROOT, FOLDER)).map((name) => join(ROOT, FOLDER, name));
const all = (await Promise.all(files.map((file, index) => findings(file, index)))).flat();
for (const finding of all) console.log(finding);
process.exitCode = all.length > 0 ? 1 : 0;
