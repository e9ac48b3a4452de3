import { type Maker } from "./makers";

/**
 * One bad input: the number of its row in the specification, a title, the construct, the changed props, and every line of the
 * error. The list of known props, which changes, is abbreviated to "Known props: …".
 */
export type BadInput = readonly [row: number, what: string, maker: Maker, changes: object, ...lines: string[]];
