import { type Page } from "playwright-core";

/** Where texts of people stand: their characters may run in any direction. Everything else is the page's own text, in English. */
const FOREIGN = "bdi, p[dir=auto]";

/**
 * Returns what is not where it would be without the names and messages on the page: own text that does not run from left to right, and own text
 * or elements that follow a name on its line without standing to the right of it. A name in a sentence is enclosed in isolates; the words
 * around it are own text.
 */
export function disordered(page: Page): Promise<string[]> {
  return page.evaluate((foreign) => {
    const found: string[] = [];
    const range = document.createRange();
    const boxOf = (node: Node, from?: number, to?: number): DOMRect | undefined => {
      range.selectNodeContents(node);
      if (from !== undefined && to !== undefined) {
        range.setStart(node, from);
        range.setEnd(node, to);
      }
      return [...range.getClientRects()].find(({ width }) => width > 0);
    };

    /** The characters of a text in the order of the screen, line by line, if that is not the order in which they are written. */
    const checkText = (node: Text): void => {
      const depth = [...node.data].reduce<{ now: number; at: number[] }>(
        ({ now, at }, character) => {
          const after = character === "\u2068" ? now + 1 : character === "\u2069" ? now - 1 : now;
          return { now: after, at: [...at, ...Array<number>(character.length).fill(Math.max(now, after))] };
        },
        { now: 0, at: [] },
      ).at;
      let last: DOMRect | undefined;
      for (let index = 0; index < node.data.length; index++) {
        if (depth[index]! > 0 || !/[A-Za-z0-9]/.test(node.data[index]!)) continue;
        const box = boxOf(node, index, index + 1);
        if (box && last && Math.abs(box.top - last.top) < last.height / 2 && box.left < last.right - 1) {
          found.push(`runs backwards: ${node.data}`);
          return;
        }
        last = box ?? last;
      }
    };

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { parentElement } = node;
      if (parentElement === null || parentElement.closest(`${foreign}, script, style, option`) !== null) continue;
      checkText(node as Text);
    }
    for (const name of document.querySelectorAll("bdi")) {
      const next = name.nextSibling;
      // A long name is cut off at the end of its element, its text is not.
      const own = name.getBoundingClientRect();
      const beside = next === null ? undefined : boxOf(next);
      if (beside === undefined || Math.abs(own.top - beside.top) > own.height) continue;
      if (beside.left < own.right - 1) found.push(`stands before the name ${name.textContent}: ${next!.textContent}`);
    }
    return found;
  }, FOREIGN);
}
