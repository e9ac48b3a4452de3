import { basename } from "node:path";
import { brokenLinks, readPage } from "./markdown";

/** One section of a page: its heading and what is below it, up to the next heading. */
interface Section {
  readonly level: number;
  readonly text: string;
}

/** Pages whose translations are equal in content, section by section. */
const TRANSLATIONS = [
  ["README.ja.md", "README.md"],
  ["docs/ci.ja.md", "docs/ci.md"],
] as const;

/** Headings that are linked to, by their anchors. */
const ANCHORS: Readonly<Record<string, string>> = { "#環境": "#environments" };

function sectionsOf(page: string): Section[] {
  const sections: Section[] = [];
  let lines: string[] = [];
  let level = 0;
  let isCode = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("```")) isCode = !isCode;
    const heading = isCode ? null : /^(#+) /.exec(line);
    if (heading) {
      sections.push({ level, text: lines.join("\n") });
      lines = [];
      level = heading[1]!.length;
    } else lines.push(line);
  }
  return [...sections, { level, text: lines.join("\n") }];
}

const WITHOUT_CODE = /^```[\s\S]*?^```/gm;

/** Code blocks without comments, and diagrams without their words: both are translated. */
function codeBlocks({ text }: Section): string[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = "", code = ""]) => {
    const neutral = language === "mermaid" ? code.replace(/(?<=[[(|])[^[\]()|]+(?=[\])|])/g, "…") : code;
    return `${language}\n${neutral.replace(/ +# .*$/gm, "")}`;
  });
}

/** A link to a page in Japanese as one to the same page in English; GitHub shows the README of a folder. */
function inEnglish(link: string): string {
  return ANCHORS[link] ?? link.replace(".ja.md", ".md").replace(/\/README\.md$/, "");
}

function links({ text }: Section): string[] {
  const targets = [...text.replace(WITHOUT_CODE, "").matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  const urls = [...text.replace(WITHOUT_CODE, "").matchAll(/(?<![(\w])https?:\/\/[\w.:/-]+/g)].map(([url]) => url);
  return [...targets.map(inEnglish), ...urls].sort();
}

/** What is in code font: commands, names and values, which no language changes. */
function codeSpans(text: string): string[] {
  return [...text.replace(WITHOUT_CODE, "").matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span).sort();
}

/** Rows of tables as what has to be equal in them: number of cells, code, links and figures with a decimal point. */
function rows({ text }: Section): string[] {
  return text
    .replace(WITHOUT_CODE, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("| "))
    .map((line) => {
      const cells = line.split("|").length - 2;
      const figures = line.match(/\d+(,\d{3})*\.\d{2}|\d{1,3}(,\d{3})+/g) ?? [];
      return [cells, ...codeSpans(line), ...links({ level: 0, text: line }), ...[...figures].sort()].join(" ");
    });
}

function items({ text }: Section): readonly string[] {
  return text.replace(WITHOUT_CODE, "").match(/^(?:-|\d+\.) /gm) ?? [];
}

describe.each(TRANSLATIONS)("%s", (japanesePage, englishPage) => {
  const english = sectionsOf(readPage(englishPage));
  const japanese = sectionsOf(readPage(japanesePage));

  it("has the sections of the English page in its order", () => {
    expect(japanese.map(({ level }) => level)).toEqual(english.map(({ level }) => level));
  });

  describe.each(english.map((section, index) => [index, section] as const))("section %i", (index, section) => {
    const translation = japanese[index]!;

    it.each([
      ["code blocks", codeBlocks],
      ["links and images", links],
      ["table rows", rows],
      ["list items", items],
      ["commands, names and values", ({ text }: Section) => codeSpans(text)],
    ] as const)("has the same %s", (_, contentOf) => {
      expect(contentOf(translation)).toEqual(contentOf(section));
    });

    it("has as many paragraphs, in Japanese", () => {
      const paragraphs = ({ text }: Section) =>
        text
          .replace(WITHOUT_CODE, "")
          .split(/\n\n+/)
          .filter((part) => /^[^|\s<!-]/.test(part)).length;
      expect(paragraphs(translation)).toBe(paragraphs(section));
      expect(translation.text.trim() === "" || /[ぁ-んァ-ヶ一-龠]/.test(translation.text)).toBe(true);
    });
  });

  it("links to the English page, which links back", () => {
    expect(japanese[1]!.text).toContain(`](${basename(englishPage)})`);
    expect(readPage(englishPage)).toContain(`](${basename(japanesePage)})`);
    expect(brokenLinks(japanesePage, readPage(japanesePage))).toEqual([]);
  });
});

it("notices what a translation leaves out", () => {
  const [before, after] = ["a `b` [c](d)\n\n| e | 1.00 |\n\n- f\n", "a\n"].map((text) => ({ level: 2, text }));
  for (const contentOf of [links, rows, items, ({ text }: Section) => codeSpans(text)]) {
    expect(contentOf(after!)).not.toEqual(contentOf(before!));
  }
  const block = (code: string) => codeBlocks({ level: 2, text: `\`\`\`sh\n${code}\n\`\`\`` });
  expect(block("make up  # 合成")).toEqual(block("make up # apply"));
  expect(block("make up")).not.toEqual(block("make test"));
});
