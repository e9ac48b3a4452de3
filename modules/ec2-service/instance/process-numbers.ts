/** Returns 0 to `processes - 1`: the numbers by which units, files and session ids name the processes of an instance. */
export function processNumbers({ processes }: { readonly processes: number }): readonly number[] {
  return Array.from({ length: processes }, (_, number) => number);
}
