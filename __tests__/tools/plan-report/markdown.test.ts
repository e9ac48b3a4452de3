import { code, codeBlock, prose } from "../../../tools/plan-report/render/escape";
import { COMMENT_LIMIT, MARKER, renderMarkdown } from "../../../tools/plan-report/render/markdown";
import { changeOf, create, destroy, inputOf, planWith, reportOf, update } from "./plans";

/** A plan of many resources of every kind, with names that Markdown would read. */
function large(count: number) {
  const changes = Array.from({ length: count }, (_, index) => {
    const name = `resource-with-a-rather-long-name-${index}["key|with\`ticks\`<b>"]`;
    if (index === count - 1) return destroy("aws_db_instance.last", { skip_final_snapshot: true });
    if (index % 3 === 0) return create(`aws_lb.${name}`);
    return update(
      `aws_lb.${name}`,
      { description: "a".repeat(300), idle_timeout: index },
      { description: "b".repeat(300), idle_timeout: index + 1 },
    );
  });
  return planWith(changes);
}

/** Checks what cutting could break. */
function expectWhole(text: string): void {
  expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
  expect((text.match(/^```/gm)?.length ?? 0) % 2).toBe(0);
  for (const table of text.split(/\n\n+/).filter((block) => block.startsWith("|"))) {
    const columns = table.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
    expect(new Set(columns).size).toBe(1);
    expect(columns.length).toBeGreaterThan(2);
  }
}

describe("a plan of 500 resources", () => {
  const text = renderMarkdown(reportOf(inputOf(large(500))));

  it("fits into a comment, in whole rows, and says how many are left out", () => {
    expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text.length).toBeGreaterThan(COMMENT_LIMIT * 0.9);
    expectWhole(text);
    const shown = text.match(/^\| ``aws_lb/gm)!.length;
    const left = [...text.matchAll(/… and (\d+) more changes/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    // The destroyed database has a row of its own.
    expect(shown + left).toBe(499);
  });

  it("keeps what matters most", () => {
    expect(text).toContain("**DATA WOULD BE LOST**");
    expect(text).toMatch(/^\| `aws_db_instance\.last` \| LOST/m);
    expect(text).toMatch(/Updated: 332<\/summary>/);
  });

  it.each([1000, 5000, 20_000])("fits into %d characters, too", (limit) => {
    const short = renderMarkdown(reportOf(inputOf(large(500))), limit);
    expect(short.length).toBeLessThanOrEqual(limit);
    expect(short.startsWith(MARKER)).toBe(true);
    expectWhole(short);
  });
});

it("shows a small plan whole", () => {
  const text = renderMarkdown(reportOf(inputOf(large(12))));
  expect(text).not.toContain("more changes");
  expectWhole(text);
});

describe("several stacks", () => {
  const inputs = ["dev", "prod"].map((stack) => inputOf(planWith([destroy("aws_efs_file_system.x")]), { stack }));

  it("begin with an overview", () => {
    const text = renderMarkdown(reportOf(...inputs));
    expect(text).toMatch(/^\| `dev` \| can be applied \| .* \| \*\*LOSS: 1\*\* \|/m);
    expect(text).toMatch(/^## Plan of `prod`/m);
    expectWhole(text);
  });

  it("fit, however many", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ ...inputs[0]!, stack: `stack-${index}` }));
    const text = renderMarkdown(reportOf(...many));
    expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(text).toMatch(/_… and \d+ more sections: /);
    expect(text).toContain("`stack-299`");
    expectWhole(text);
  });
});

describe("text from a plan", () => {
  it.each([
    ["a", "`a`"],
    ["a|b", "`a\\|b`"],
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    ["a\nb", "`a b`"],
    ["a\\|b", "<code>a&#92;&#124;b</code>"],
    ["", "`  `"],
  ])("%j is code", (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it("means nothing to Markdown, HTML and GitHub", () => {
    expect(prose("<img src=x> @team *x* [a](b) a|b &amp; ok `code|here`")).toBe(
      "&lt;img src=x&gt; &#64;team \\*x\\* \\[a\\](b) a\\|b &amp;amp; ok `code\\|here`",
    );
  });

  it("cannot end a block of code", () => {
    expect(codeBlock("a\n````\nb")).toBe("`````text\na\n````\nb\n`````");
  });
});

it("folds what is long and shows what is urgent", () => {
  const text = renderMarkdown(
    reportOf(inputOf(planWith([changeOf("aws_ecs_cluster.x", ["delete"]), create("aws_lb.x")]))),
  );
  expect(text).toMatch(/> \[!CAUTION\]\n> \*\*OUTAGE: what interrupts clients\*\*/);
  expect(text).toMatch(/<details><summary>Created: 1<\/summary>\n\n\| resource \|/);
});
