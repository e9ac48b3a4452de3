/** Returns a generator of numbers from 0 up to 1 that depends only on the seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Divides a whole number evenly over a number of places; the remainder goes to random places. */
export function divide(count: number, places: number, random: () => number): number[] {
  const each = Math.floor(count / places);
  const shares = new Array<number>(places).fill(each);
  const first = Math.floor(random() * places);
  for (let left = count - each * places; left > 0; left -= 1) shares[(first + left) % places]! += 1;
  return shares;
}
