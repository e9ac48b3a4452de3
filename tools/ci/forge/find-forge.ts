import { CiError } from "../errors";
import { type Forge } from "./forge";
import { Github } from "./github";
import { Gitlab } from "./gitlab";

/** Returns the forge whose pipeline this is. */
export function findForge(env: NodeJS.ProcessEnv): Forge {
  if (env["GITHUB_ACTIONS"] === "true") return new Github(env);
  if (env["GITLAB_CI"] === "true") return new Gitlab(env);
  throw new CiError(
    "expected GITHUB_ACTIONS=true or GITLAB_CI=true, which their runners set, got neither. Comments and issues are written in a pipeline only.",
  );
}
