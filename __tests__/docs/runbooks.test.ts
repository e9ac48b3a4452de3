import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dev } from "../../environments/dev";
import { type Environment } from "../../environments";
import { PROFILE_NAMES } from "../../environments/profiles";
import { ec2Environment } from "../helpers/ec2-environment";
import { entranceEnvironment } from "../helpers/entrance-environment";
import { profileEnvironment } from "../helpers/profile-environment";
import { ROOT } from "../helpers/run-program";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";
import { type Template } from "../helpers/template";
import { everything } from "../modules/monitoring/fixture";
import { only } from "../modules/monitoring/make";
import { readPage } from "./markdown";

const RUNBOOK = "https://example.com/runbooks/alarms.md";
const ALARM_PAGES = ["docs/runbooks/alarms.md", "docs/runbooks/alarms.ja.md"] as const;

/** What the stacks do not have: a proxy, readers, a serverless cache, a service without Container Insights. */
const REST = only({
  ...everything,
  runbookUrl: RUNBOOK,
  cache: { kind: "serverless", serverlessName: "crm" },
  database: {
    identifier: "crm-db",
    isCluster: false,
    readReplicaIdentifiers: ["crm-db-replica-1"],
    proxy: { proxyName: "crm-proxy" },
  },
});

function entriesOf(template: Template): string[] {
  const alarms = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].flatMap((type) =>
    Object.entries(template.resources(type)),
  );
  return alarms.map(([path, alarm]) => {
    const [, entry] = new RegExp(`Runbook: ${RUNBOOK}#([a-z-]+)$`).exec(String(alarm["alarm_description"])) ?? [];
    return entry ?? `${path} has no link: ${String(alarm["alarm_description"])}`;
  });
}

const environments: readonly Environment[] = [
  dev,
  ...PROFILE_NAMES.map(profileEnvironment),
  entranceEnvironment("cloudfront"),
  ec2Environment(),
].map((environment) => ({ ...environment, alarms: { ...environment.alarms, runbookUrl: RUNBOOK } }));

const linked = [...new Set([...environments.map(synthesizedEnvironment), REST].flatMap(entriesOf))].sort();

/** The entries of a page: headings that are the id of an alarm. */
function headings(page: string): string[] {
  return [...readPage(page).matchAll(/^### ([a-z-]+)$/gm)].map(([, heading = ""]) => heading);
}

it.each(ALARM_PAGES)("%s has an entry for every alarm, and for nothing else", (page) => {
  expect(linked.length).toBeGreaterThan(35);
  expect([...headings(page)].sort()).toEqual(linked);
});

it("has its entries in one order in both languages, each with checks and steps", () => {
  const [english, japanese] = ALARM_PAGES.map(headings);
  expect(japanese).toEqual(english);
  for (const [page, labels] of [
    [ALARM_PAGES[0], ["**Check**", "**Do**"]],
    [ALARM_PAGES[1], ["**確認**", "**対処**"]],
  ] as const) {
    for (const entry of readPage(page).split(/^### /m).slice(1)) {
      const [id, ...text] = entry.split(/^## /m)[0]!.split("\n");
      expect([id, labels.filter((label) => !text.join("\n").includes(label))]).toEqual([id, []]);
    }
  }
});

describe("every runbook", () => {
  const pages = readdirSync(join(ROOT, "docs/runbooks")).filter((name) => name.endsWith(".md"));
  const english = pages.filter((name) => !name.endsWith(".ja.md"));
  const outline = (page: string) => readPage(`docs/runbooks/${page}`).match(/^#+ |^\d+\. |^```|^- /gm);

  it("exists in both languages", () => {
    expect(pages.filter((name) => name.endsWith(".ja.md")).sort()).toEqual(
      english.map((name) => name.replace(/\.md$/, ".ja.md")).sort(),
    );
  });

  it.each(english)("%s has the same headings, steps and commands in Japanese", (page) => {
    const translation = page.replace(/\.md$/, ".ja.md");
    expect(outline(translation)).toEqual(outline(page));
    const commands = (name: string) => readPage(`docs/runbooks/${name}`).match(/```sh\n[\s\S]*?```/g);
    expect(commands(translation)).toEqual(commands(page));
    expect(readPage(`docs/runbooks/${translation}`)).toMatch(/[ぁ-ん]/);
  });

  it.each(english)("%s is in the list of docs/runbooks/README.md", (page) => {
    if (page !== "README.md") expect(readPage("docs/runbooks/README.md")).toContain(`](${page})`);
  });
});
