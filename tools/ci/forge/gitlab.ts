import { required } from "../environment-variables";
import { type Forge, type Post } from "./forge";
import { Rest } from "./rest";

interface GitlabPost {
  readonly id: number;
  readonly iid: number;
  readonly body?: string;
  readonly description?: string | null;
  readonly author: { readonly id: number };
}

/** Writes to a project on GitLab, with a project access token: CI_JOB_TOKEN may not write notes. */
export class Gitlab implements Forge {
  /** Source: GitLab's documentation, "Instance limits", size of comments and descriptions of issues. */
  readonly longestBody = 1_000_000;
  private readonly rest: Rest;
  private readonly project: string;

  constructor(env: NodeJS.ProcessEnv) {
    const token = required(env, "GITLAB_TOKEN", "a project access token with the scope api");
    this.project = `/projects/${encodeURIComponent(required(env, "CI_PROJECT_ID", "the project's id, which GitLab sets"))}`;
    const baseUrl = required(env, "CI_API_V4_URL", "the API's URL, which GitLab sets");
    this.rest = new Rest({ baseUrl, headers: { "private-token": token } });
  }

  async comments(pullRequest: number): Promise<Post[]> {
    const notes = await this.rest.list<GitlabPost>(`${this.notes(pullRequest)}?sort=asc&order_by=created_at`);
    return this.own(notes, ({ id, body = "" }) => ({ id, body }));
  }

  async createComment(pullRequest: number, body: string): Promise<void> {
    await this.rest.send("POST", this.notes(pullRequest), { body });
  }

  async updateComment(pullRequest: number, comment: number, body: string): Promise<void> {
    await this.rest.send("PUT", `${this.notes(pullRequest)}/${comment}`, { body });
  }

  async deleteComment(pullRequest: number, comment: number): Promise<void> {
    await this.rest.send("DELETE", `${this.notes(pullRequest)}/${comment}`);
  }

  async openIssues(label: string): Promise<Post[]> {
    const query = `state=opened&sort=asc&order_by=created_at&labels=${encodeURIComponent(label)}`;
    const issues = await this.rest.list<GitlabPost>(`${this.project}/issues?${query}`);
    return this.own(issues, ({ iid, description }) => ({ id: iid, body: description ?? "" }));
  }

  async createIssue({ title, body, label }: Parameters<Forge["createIssue"]>[0]): Promise<void> {
    await this.rest.send("POST", `${this.project}/issues`, { title, description: body, labels: label });
  }

  async updateIssue(issue: number, body: string): Promise<void> {
    await this.rest.send("PUT", `${this.project}/issues/${issue}`, { description: body });
  }

  async closeIssue(issue: number, reason: string): Promise<void> {
    await this.rest.send("POST", `${this.project}/issues/${issue}/notes`, { body: reason });
    await this.rest.send("PUT", `${this.project}/issues/${issue}`, { state_event: "close" });
  }

  private notes(pullRequest: number): string {
    return `${this.project}/merge_requests/${pullRequest}/notes`;
  }

  /** A person may quote the marker; only the token's own posts may be changed. */
  private async own(posts: readonly GitlabPost[], toPost: (post: GitlabPost) => Post): Promise<Post[]> {
    const { id } = await this.rest.get<{ readonly id: number }>("/user");
    return posts.filter(({ author }) => author.id === id).map(toPost);
  }
}
