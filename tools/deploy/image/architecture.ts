import { type Architecture } from "../target/target";

/** Architectures by the name that container tools use. Source: Go, GOARCH; OCI image configuration, `architecture`. */
const GO_NAMES: Readonly<Record<Architecture, string>> = { ARM64: "arm64", X86_64: "amd64" };

/** Returns `linux/arm64`, as `--platform` takes it. */
export function platformOf(architecture: Architecture): string {
  return `linux/${GO_NAMES[architecture]}`;
}

/** Returns ECS's name of an architecture, or the name itself when ECS does not run it. */
export function architectureOf(goName: string): string {
  return Object.entries(GO_NAMES).find(([, name]) => name === goName)?.[0] ?? goName;
}
