import { type Maker } from "./makers";

/**
 * One bad input: number of its row in the specification, what it is, what it goes to, what it changes there, and every line of the
 * error. The list of known props, which grows, stands as "Known props: …".
 */
export type BadInput = readonly [row: number, what: string, maker: Maker, changes: object, ...lines: string[]];
