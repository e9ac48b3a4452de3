import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { ROOT } from "../helpers/run-program";

/** Installed or generated. */
const IGNORED = ["node_modules", "dist", "cdktf.out", "coverage"];

/** Returns the paths of all Markdown pages of the repository, relative to its root. */
export function findPages(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || IGNORED.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return findPages(path);
    return entry.name.endsWith(".md") ? [relative(ROOT, path)] : [];
  });
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

function withoutCodeBlocks(text: string): string {
  return text.replace(/^(```+)[\s\S]*?^\1/gm, "");
}

/** Returns the anchors that GitHub gives to the headings of a page; a repeated heading gets a number. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of withoutCodeBlocks(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").trim();
    const anchor = words
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
      .replaceAll(" ", "-");
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** Returns the targets of a page's links and images that point into the repository. */
function linksOf(text: string): string[] {
  const prose = withoutCodeBlocks(text).replace(/`[^`\n]*`/g, "");
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)];
  return [...inline, ...references].map(([, target = ""]) => target).filter((target) => !/^[a-z]+:/i.test(target));
}

/** Returns `page: link` for each link whose file does not exist or whose anchor is no heading of its page. */
export function brokenLinks(page: string, text: string): string[] {
  return linksOf(text)
    .filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? join(ROOT, page) : resolve(ROOT, dirname(page), decodeURI(path));
      if (!existsSync(target)) return true;
      if (anchor === undefined) return false;
      // GitHub shows the README of a folder.
      const file = target.endsWith(".md") ? target : join(target, "README.md");
      const content = path === "" ? text : existsSync(file) ? readFileSync(file, "utf8") : "";
      return !anchorsOf(content).has(decodeURIComponent(anchor));
    })
    .map((link) => `${page}: ${link}`);
}

/** Returns `page: path` for each path in code font that starts with a folder of the repository and does not exist. */
export function missingPaths(page: string, text: string): string[] {
  const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !name.startsWith(".") && !IGNORED.includes(name));
  const spans = [...withoutCodeBlocks(text).matchAll(/`([^`\s]+)`/g)].map(([, span = ""]) => span);
  return spans
    .filter((span) => names.includes(span.split("/")[0]!) && span.includes("/") && /^[\w./-]+$/.test(span))
    .filter((path) => !IGNORED.some((name) => path.split("/").includes(name)))
    .filter((path) => ![ROOT, join(ROOT, dirname(page))].some((base) => hasPath(base, path)))
    .map((path) => `${page}: ${path}`);
}

/** Whether a file or folder exists, or a source file whose extension is left out. */
function hasPath(base: string, path: string): boolean {
  return ["", ".ts", ".tsx", ".mjs"].some((extension) => existsSync(join(base, `${path}${extension}`)));
}
