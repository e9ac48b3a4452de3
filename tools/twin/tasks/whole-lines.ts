import { closeSync, openSync, readSync, statSync } from "node:fs";

/** Reads the whole lines of a file from an offset. `end` is the offset behind them. */
export function wholeLines(file: string, from: number): { readonly text: string; readonly end: number } {
  const length = statSync(file).size - from;
  const buffer = Buffer.alloc(length);
  const descriptor = openSync(file, "r");
  readSync(descriptor, buffer, 0, length, from);
  closeSync(descriptor);
  const end = buffer.lastIndexOf(10) + 1;
  return { text: buffer.subarray(0, end).toString("utf8"), end: from + end };
}
