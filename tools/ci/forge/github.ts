import { required } from "../environment-variables";
import { type Forge, type Post } from "./forge";
import { Rest } from "./rest";

interface GithubPost {
  readonly id: number;
  readonly number: number;
  readonly body: string | null;
  readonly user: { readonly type: string } | null;
  /** Present when an issue is a pull request. */
  readonly pull_request?: object;
}

/** Writes to a repository on GitHub, with the token of its workflow. */
export class Github implements Forge {
  /** Source: GitHub's API, "Body is too long (maximum is 65536 characters)". */
  readonly longestBody = 65_536;
  private readonly rest: Rest;

  constructor(env: NodeJS.ProcessEnv) {
    const token = required(env, "GITHUB_TOKEN", "the workflow's token, ${{ github.token }}");
    const repository = required(env, "GITHUB_REPOSITORY", "owner/name, which GitHub sets");
    this.rest = new Rest({
      baseUrl: `${env["GITHUB_API_URL"] ?? "https://api.github.com"}/repos/${repository}`,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
      },
    });
  }

  async comments(pullRequest: number): Promise<Post[]> {
    return byPipeline(await this.rest.list<GithubPost>(`/issues/${pullRequest}/comments`), ({ id }) => id);
  }

  async createComment(pullRequest: number, body: string): Promise<void> {
    await this.rest.send("POST", `/issues/${pullRequest}/comments`, { body });
  }

  async updateComment(_pullRequest: number, comment: number, body: string): Promise<void> {
    await this.rest.send("PATCH", `/issues/comments/${comment}`, { body });
  }

  async deleteComment(_pullRequest: number, comment: number): Promise<void> {
    await this.rest.send("DELETE", `/issues/comments/${comment}`);
  }

  async openIssues(label: string): Promise<Post[]> {
    const issues = await this.rest.list<GithubPost>(
      `/issues?state=open&sort=created&direction=asc&labels=${encodeURIComponent(label)}`,
    );
    const only = issues.filter(({ pull_request: pullRequest }) => pullRequest === undefined);
    return byPipeline(only, ({ number }) => number);
  }

  async createIssue({ title, body, label }: Parameters<Forge["createIssue"]>[0]): Promise<void> {
    await this.rest.send("POST", "/issues", { title, body, labels: [label] });
  }

  async updateIssue(issue: number, body: string): Promise<void> {
    await this.rest.send("PATCH", `/issues/${issue}`, { body });
  }

  async closeIssue(issue: number, reason: string): Promise<void> {
    await this.createComment(issue, reason);
    await this.rest.send("PATCH", `/issues/${issue}`, { state: "closed", state_reason: "completed" });
  }
}

/** A person may quote the marker; only an app's own post may be changed. */
function byPipeline(posts: readonly GithubPost[], idOf: (post: GithubPost) => number): Post[] {
  return posts.filter(({ user }) => user?.type === "Bot").map((post) => ({ id: idOf(post), body: post.body ?? "" }));
}
