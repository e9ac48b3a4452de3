import { type CompleteCacheProps } from "./defaults";

/** Returns the description of the cache in AWS, which says why it has no authentication. */
export function describeCache({ name, authentication }: Pick<CompleteCacheProps, "name" | "authentication">): string {
  const warning = authentication.kind === "none" ? `; no authentication: ${authentication.reason}` : "";
  return `Fan-out, presence and limits of ${name}${warning}`;
}
