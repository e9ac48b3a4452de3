import { isVisible } from "./visible-text";
import { z } from "./zod";

/** Longest body of a message, in Unicode code points: roughly the characters that a person counts. */
export const MAX_BODY_CODE_POINTS = 4000;

/** Whether PostgreSQL can store and JSON can carry the text: it has no NUL and no unpaired surrogate. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}

export const messageBody = z
  .string()
  .refine(isVisible, "a message has at least one character that can be seen")
  .refine(
    (body) => [...body].length <= MAX_BODY_CODE_POINTS,
    `a message has at most ${MAX_BODY_CODE_POINTS} characters`,
  )
  .refine(isStorable, "a message is well-formed Unicode without NUL");

/** Who wrote a message. The server takes it from the session, never from the client's payload. */
export type SenderKind = "agent" | "visitor";

/** A stored message, as every client receives it. */
export interface Message {
  readonly conversationId: string;
  /** Sequence number: position in the conversation, from 1 without gaps, in the order of commits. */
  readonly seq: number;
  /** UUID that the sender's client generated; the same in every retry. */
  readonly clientMessageId: string;
  readonly senderKind: SenderKind;
  readonly senderId: string;
  readonly senderName: string;
  readonly body: string;
  /** ISO 8601, by the database's clock. */
  readonly createdAt: string;
}
