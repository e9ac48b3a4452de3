import { z } from "zod";

/** Longest body of a message, in Unicode code points: what a person counts, give or take joined emoji. */
export const MAX_BODY_CODE_POINTS = 4000;

/** Text that PostgreSQL can keep and JSON can carry: no NUL, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

export const messageBody = z
  .string()
  .refine((body) => body.trim() !== "", "a message has at least one character that is not white space")
  .refine(
    (body) => [...body].length <= MAX_BODY_CODE_POINTS,
    `a message has at most ${MAX_BODY_CODE_POINTS} characters`,
  )
  .refine(isStorable, "a message is well-formed Unicode without NUL");

/** Who wrote a message. The server takes it from the session, never from what a client says. */
export type SenderKind = "agent" | "visitor";

/** A stored message, as every client sees it. */
export interface Message {
  readonly conversationId: string;
  /** Place in the conversation: 1, 2, 3, … with no gap, in the order of commit. */
  readonly seq: number;
  /** UUID that the sender's client drew: the same through every retry. */
  readonly clientMessageId: string;
  readonly senderKind: SenderKind;
  readonly senderId: string;
  readonly senderName: string;
  readonly body: string;
  /** ISO 8601, by the database's clock. */
  readonly createdAt: string;
}
