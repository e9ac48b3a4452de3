import { join } from "node:path";
import { contract } from "../contract";

type Variables = Readonly<Record<string, string | undefined>>;

export function developmentPort({ PORT = String(contract.container.port) }: Variables): number {
  return Number(PORT);
}

/**
 * Folder, relative to the app's, of everything that one development server writes: bundle, pages, database and secrets. Servers on
 * different ports never share one, because neither Next's compiler nor the embedded database allows two writers.
 */
export function developmentFolder(variables: Variables): string {
  return variables["DEVELOPMENT_FOLDER"] ?? join(".dev", String(developmentPort(variables)));
}
