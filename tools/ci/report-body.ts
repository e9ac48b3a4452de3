import { existsSync, readFileSync } from "node:fs";

export interface BodyOptions {
  /** The Markdown report; it may be missing when the job that writes it failed. */
  readonly file: string;
  /** The first line of the body, by which the next run finds it. */
  readonly marker: string;
  readonly longest: number;
  /** Revision that was planned. */
  readonly commit: string | undefined;
  /** Page of the run. */
  readonly runUrl: string | undefined;
}

/** Returns the body of a comment or an issue: marker, report, and where it comes from. A missing report is said, not passed over. */
export function reportBody({ file, marker, longest, commit, runUrl }: BodyOptions): string {
  const origin = [commit && `commit \`${commit}\``, runUrl && `[run](${runUrl})`].filter(Boolean).join(", ");
  const report = existsSync(file)
    ? readFileSync(file, "utf8")
        .replace(/^<!-- [\w-]+ -->\n/, "")
        .trim()
    : "";
  const text =
    report === "" ? "**No report**: the job that writes it failed before it could. Its log says why." : report;
  const body = `${marker}\n${text}\n`;
  const footer = origin === "" ? "" : `\n<sub>${origin}</sub>\n`;
  return body.length + footer.length <= longest ? body + footer : body;
}

/** Revision and page of the run, as GitHub or GitLab name them. */
export function originOf(env: NodeJS.ProcessEnv): Pick<BodyOptions, "commit" | "runUrl"> {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  const github = server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
  return {
    commit: env["COMMIT"] ?? env["GITHUB_SHA"] ?? env["CI_COMMIT_SHA"],
    runUrl: github ?? env["CI_PIPELINE_URL"],
  };
}
