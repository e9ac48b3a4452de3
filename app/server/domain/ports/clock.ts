/** Milliseconds since the epoch, as `Date.now` returns them. */
export type Clock = () => number;
