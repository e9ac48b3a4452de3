import { z } from "zod";

/** The last row that a client has of one list of the inbox. */
export interface Cursor {
  readonly list: "mine" | "queue";
  readonly time: Date;
  readonly id: string;
}

const content = z.tuple([z.enum(["mine", "queue"]), z.int().min(0).max(8.64e15), z.uuid()]);

export function encodeCursor({ list, time, id }: Cursor): string {
  return Buffer.from(JSON.stringify([list, time.getTime(), id])).toString("base64url");
}

/** `undefined` for what we never gave out. What a cursor leads to is limited by who asks, not by its being secret. */
export function decodeCursor(text: string): Cursor | undefined {
  try {
    const [list, time, id] = content.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { list, time: new Date(time), id };
  } catch {
    return undefined;
  }
}
