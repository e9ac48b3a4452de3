import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const PROJECT = resolve(import.meta.dirname, "..", "..");

/** What refuses bad input, by the names that such files have in a module. */
const GUARDS = ["validation*", "validation/*", "*-validation", "*-check", "*-checks", "read-props", "parameters"];

/** Guards that stand in files with other names. */
const MORE_GUARDS = {
  monitoring: ["log-metric"],
  network: ["existing-network"],
  waf: ["match-statements", "top-level-statements"],
};

/** Where every test synthesizes much: what refuses is judged by the tests of refusing, and of taking what is at the limits, alone. */
const JUDGES = { "fargate-service": ["refusals*", "known-at-apply*", "limits*"] };

/**
 * The parts that are mutated one after the other. The mutants of a part are judged by the part's own tests and by no others: stricter,
 * since nothing is killed by chance from afar, and fast enough to wait for.
 *
 * @type {Readonly<Record<string, { mutate: string[], tests: string[] }>>}
 */
export const PARTS = {
  core: { mutate: ["modules/core/!(index).ts"], tests: ["modules/core/**/*"] },
  environments: {
    mutate: ["environments/!(index|dev|prod|environment).ts"],
    tests: ["stacks/*environment*", "stacks/profiles"],
  },
  ...Object.fromEntries(
    modules().map((name) => {
      const files = [...GUARDS, ...(MORE_GUARDS[name] ?? [])].map((file) => `modules/${name}/**/${file}.ts`);
      const judges = JUDGES[name] ?? ["**/*"];
      return [name, { mutate: files, tests: judges.map((judge) => `modules/${name}/${judge}`) }];
    }),
  ),
};

function modules() {
  const folders = readdirSync(join(PROJECT, "modules"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .filter((name) => name !== "core" && existsSync(join(PROJECT, "__tests__/modules", name)));
}

/** The part that MUTATION_PART names. */
export function chosenPart() {
  const name = process.env["MUTATION_PART"];
  const part = name === undefined ? undefined : PARTS[name];
  if (!part) throw new Error(`MUTATION_PART: expected one of ${Object.keys(PARTS).join(", ")}, got ${name}`);
  return { name, ...part };
}
