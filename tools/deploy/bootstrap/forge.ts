import { output } from "../../programs/output";
import { DeployError } from "../errors";

/** Where the pipeline runs, and how AWS recognizes its jobs by their OIDC tokens. */
export interface Forge {
  readonly name: "GitHub" | "GitLab";
  /** URL of the token's issuer. */
  readonly issuer: string;
  /** Subjects of the jobs; `*` stands for any text. */
  readonly subjects: {
    readonly plan: string;
    readonly release: string;
    readonly deploy: (environment: string) => string;
  };
}

export interface ForgeOptions {
  /** `OWNER/REPO`, or `GROUP/PROJECT` on GitLab. */
  readonly repository: string;
  /** The branch whose commits are deployed. */
  readonly branch: string;
  /** URL of a GitLab instance. @default GitHub */
  readonly gitlab?: string | undefined;
}

const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
/** A `*` in a repository's or branch's name would trust others. */
const NAME = /^[\w.-]+(\/[\w.-]+)+$/;
const BRANCH = /^[\w./-]+$/;

/**
 * Describes GitHub's or GitLab's tokens. Sources: GitHub, "OpenID Connect reference", subject claims; GitLab, "OpenID Connect (OIDC)
 * Authentication Using ID Tokens", token payload.
 * @throws DeployError when a name is none
 */
export function forgeOf({ repository, branch, gitlab }: ForgeOptions): Forge {
  if (!NAME.test(repository)) throw new DeployError(`--repository: expected OWNER/REPO, got ${repository}.`);
  if (!BRANCH.test(branch)) throw new DeployError(`--branch: expected the name of a branch, got ${branch}.`);
  if (gitlab === undefined) {
    const repo = `repo:${repository}`;
    return {
      name: "GitHub",
      issuer: GITHUB_ISSUER,
      subjects: {
        plan: `${repo}:pull_request`,
        release: `${repo}:ref:refs/heads/${branch}`,
        deploy: (environment) => `${repo}:environment:${environment}`,
      },
    };
  }
  if (!/^https:\/\/[\w.-]+(:\d+)?$/.test(gitlab)) {
    throw new DeployError(`--gitlab: expected the URL of the instance, such as https://gitlab.com, got ${gitlab}.`);
  }
  const project = `project_path:${repository}:ref_type:branch:ref`;
  return {
    name: "GitLab",
    issuer: gitlab,
    subjects: { plan: `${project}:*`, release: `${project}:${branch}`, deploy: () => `${project}:${branch}` },
  };
}

/** Returns `OWNER/REPO` of the working copy's origin; `undefined` when it is not on GitHub. */
export async function repositoryOfOrigin(): Promise<string | undefined> {
  const url = await output("git", ["remote", "get-url", "origin"]).catch(() => "");
  return /github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\s*$/.exec(url)?.[1];
}
