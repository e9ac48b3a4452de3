import { z } from "zod";
import { type InboxCursor } from "../domain/list-inbox";

const content = z.tuple([z.enum(["mine", "queue", "others"]), z.int().min(0).max(8.64e15), z.uuid()]);

/** Encodes a position in a list of the inbox as an opaque text. */
export function encodeCursor({ list, position: { time, id } }: InboxCursor): string {
  return Buffer.from(JSON.stringify([list, time.getTime(), id])).toString("base64url");
}

/** `undefined` for a text that `encodeCursor` did not write. A cursor needs no signature: authorization limits what it leads to. */
export function decodeCursor(text: string): InboxCursor | undefined {
  try {
    const [list, time, id] = content.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { list, position: { time: new Date(time), id } };
  } catch {
    return undefined;
  }
}
