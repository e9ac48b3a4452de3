import { anchorsOf, brokenLinks, findPages, missingPaths, readPage } from "./markdown";

const pages = findPages();

/** Files that a reader of CONTRIBUTING.md creates. */
const TO_BE_CREATED = ["policies/rules/kms/description.ts", "app/server/domain/check-presence.ts"];

/** Pages that name files as they were called at the time. */
const DATED = ["CHANGELOG.md", "docs/mutation.md"];

it("finds the pages of the repository", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "README.ja.md", "app/README.md"]));
});

it.each(pages)("%s links to files and headings that exist", (page) => {
  expect(brokenLinks(page, readPage(page))).toEqual([]);
});

it.each(pages.filter((page) => !DATED.includes(page)))("%s names files and folders that exist", (page) => {
  const created = TO_BE_CREATED.map((path) => `${page}: ${path}`);
  expect(missingPaths(page, readPage(page)).filter((missing) => !created.includes(missing))).toEqual([]);
});

describe("the checks", () => {
  const text = [
    "## Use `it` on AWS: 10 % faster",
    "[a](#use-it-on-aws-10--faster) [b](docs/none.md) [c](#nowhere) [d](docs/glossary.md#nowhere)",
    "![e](docs/none.png) [f](https://example.com/none) [g](modules/network#nowhere)",
    "```md",
    "[h](docs/in-a-code-block.md)",
    "```",
    "`modules/none` `modules/core` `modules/core/heartbeat` `modules/none/*.ts` `none/at/all`",
  ].join("\n");

  it("report broken links and anchors", () => {
    expect(brokenLinks("README.md", text)).toEqual(
      ["docs/none.md", "#nowhere", "docs/glossary.md#nowhere", "docs/none.png", "modules/network#nowhere"].map(
        (link) => `README.md: ${link}`,
      ),
    );
  });

  it("report paths that do not exist", () => {
    expect(missingPaths("README.md", text)).toEqual(["README.md: modules/none"]);
  });

  it("number repeated headings as GitHub does", () => {
    expect([...anchorsOf("# Tests\n## Tests\n### 使い方")]).toEqual(["tests", "tests-1", "使い方"]);
  });
});
