import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Builder } from "./builder";

/**
 * Makes podman and buildah keep the registry's credentials where syft and cosign read them: in a file of Docker's format, which goes with the
 * folder. Docker keeps its own configuration, which all of them read and which also names its context and its credential store.
 * Sources: containers-auth.json(5); go-containerregistry, `authn.DefaultKeychain`.
 * @returns the environment for all of them
 */
export function ownCredentials({ kind }: Builder, env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  if (kind === "docker") return env;
  const file = join(folder, "config.json");
  writeFileSync(file, "{}", { mode: 0o600 });
  return { ...env, REGISTRY_AUTH_FILE: file, DOCKER_CONFIG: folder };
}
