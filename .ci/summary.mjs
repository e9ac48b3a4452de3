// Adds up the results of the test runs and prints the closing line. A step that failed before it could count is one failure.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const status = Number(process.argv[2] ?? 0);
const folder = ".cache/test";
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
const results = files.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")));
const passed = results.reduce((sum, result) => sum + result.numPassedTests, 0);
const failed = results.reduce((sum, result) => sum + result.numFailedTests + result.numRuntimeErrorTestSuites, 0);
console.log(`${passed} passed, ${status !== 0 && failed === 0 ? 1 : failed} failed`);
