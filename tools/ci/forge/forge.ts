/** A comment on a pull request, or an issue, that the pipeline wrote before. */
export interface Post {
  readonly id: number;
  readonly body: string;
}

/** What the pipeline writes to the place where the code is reviewed: GitHub or GitLab. */
export interface Forge {
  /** How long a comment or an issue may be, in characters. */
  readonly longestBody: number;
  /** The pipeline's own comments on a pull request, oldest first. */
  comments(pullRequest: number): Promise<Post[]>;
  createComment(pullRequest: number, body: string): Promise<void>;
  updateComment(pullRequest: number, comment: number, body: string): Promise<void>;
  deleteComment(pullRequest: number, comment: number): Promise<void>;
  /** The pipeline's own open issues, oldest first. */
  openIssues(label: string): Promise<Post[]>;
  createIssue(issue: { readonly title: string; readonly body: string; readonly label: string }): Promise<void>;
  updateIssue(issue: number, body: string): Promise<void>;
  /** Closes an issue with a comment that says why. */
  closeIssue(issue: number, reason: string): Promise<void>;
}
