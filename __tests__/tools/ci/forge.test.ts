import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { upsertComment } from "../../../tools/ci/comment";
import { DRIFT_MARKER, keepDriftIssue } from "../../../tools/ci/drift-issue";
import { findForge } from "../../../tools/ci/forge/find-forge";
import { type Forge } from "../../../tools/ci/forge/forge";
import { originOf, reportBody } from "../../../tools/ci/report-body";
import { FakeGithub } from "../../ci/fake-github";
import { FakeGitlab } from "./fake-gitlab";

const BODY = "<!-- plan-report -->\nnew";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "forge-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("on GitHub", () => {
  let github: FakeGithub;
  let forge: Forge;

  beforeEach(async () => {
    github = await FakeGithub.start();
    forge = findForge(github.env);
  });
  afterEach(() => github.stop());

  it("writes one comment, then updates it", async () => {
    expect(await upsertComment(forge, 7, BODY)).toBe("created");
    expect(await upsertComment(forge, 7, `${BODY}er`)).toBe("updated");
    expect(github.commentsOn(7).map(({ body }) => body)).toEqual([`${BODY}er`]);
  });

  it("finds its comment behind a hundred others, and deletes a second one of its own", async () => {
    const all = github.commentsOn(7);
    for (let count = 0; count < 150; count++) all.push(github.entry("a review"));
    all.push(github.entry("<!-- plan-report -->\nold"), github.entry("<!-- plan-report -->\nolder"));
    expect(await upsertComment(forge, 7, BODY)).toBe("updated");
    expect(all.filter(({ body }) => body !== "a review").map(({ body }) => body)).toEqual([BODY]);
  });

  it("leaves a person's comment alone, even if it quotes the marker", async () => {
    const quoted = github.entry("<!-- plan-report -->\nwhy?", { user: { type: "User" } });
    github.commentsOn(7).push(quoted, github.entry("see <!-- plan-report -->"));
    expect(await upsertComment(forge, 7, BODY)).toBe("created");
    expect(github.commentsOn(7)).toHaveLength(3);
    expect(quoted.body).toContain("why?");
  });

  it("opens an issue, updates it only when something is new, and closes it with a reason", async () => {
    const body = `${DRIFT_MARKER}\ntwo resources`;
    expect(await keepDriftIssue(forge, false, "")).toBe("no drift, and no issue");
    expect(await keepDriftIssue(forge, true, body)).toBe("drift: issue opened");
    const { number } = github.issues[0]!;
    expect(await keepDriftIssue(forge, true, body)).toBe(`drift: issue ${number} updated`);
    expect(github.requests.filter((request) => request.startsWith("PATCH"))).toEqual([]);
    expect(await keepDriftIssue(forge, true, `${body}, now three`)).toBe(`drift: issue ${number} updated`);
    expect(github.issues).toMatchObject([{ state: "open", body: `${body}, now three`, labels: ["drift"] }]);
    expect(await keepDriftIssue(forge, false, "")).toBe("no drift any more: issue closed");
    expect(github.issues[0]?.state).toBe("closed");
    expect(github.commentsOn(number).map(({ body: reason }) => reason)).toEqual([
      "What runs is what is committed again.",
    ]);
    expect(await keepDriftIssue(forge, true, body)).toBe("drift: issue opened");
    expect(github.issues).toHaveLength(2);
  });

  it("ignores pull requests, and issues of others with the same label", async () => {
    github.issues.push(
      github.entry(`${DRIFT_MARKER}\n`, { labels: ["drift"], pull_request: {} }),
      github.entry("the current drifts", { labels: ["drift"] }),
      github.entry(`${DRIFT_MARKER}\n`, { labels: ["drift"], user: { type: "User" } }),
    );
    expect(await keepDriftIssue(forge, false, "")).toBe("no drift, and no issue");
  });

  it("says what the server said, without the token", async () => {
    const wrong = findForge({ ...github.env, GITHUB_TOKEN: "secret-token" });
    await expect(upsertComment(wrong, 7, BODY)).rejects.toThrow(
      /^GET http:\/\/127\.0\.0\.1:\d+\/repos\/acme\/crm\/issues\/7\/comments\S*: 401 Unauthorized: \{"message":"Bad credentials"\}$/,
    );
    await expect(upsertComment(wrong, 7, BODY)).rejects.not.toThrow("secret-token");
    await github.stop();
    await expect(upsertComment(forge, 7, BODY)).rejects.toThrow(/no answer \(.*\)\. Run the job again\.$/);
  });
});

describe("on GitLab", () => {
  let gitlab: FakeGitlab;
  let forge: Forge;

  beforeEach(async () => {
    gitlab = await FakeGitlab.start();
    forge = findForge(gitlab.env);
  });
  afterEach(() => gitlab.stop());

  it("writes one note, updates it, and leaves those of others alone", async () => {
    gitlab.notes.push({ id: 900, body: "<!-- plan-report -->\nquoted", author: { id: 5 } });
    expect(await upsertComment(forge, 7, BODY)).toBe("created");
    expect(await upsertComment(forge, 7, `${BODY}er`)).toBe("updated");
    expect(gitlab.notes.map(({ body }) => body)).toEqual(["<!-- plan-report -->\nquoted", `${BODY}er`]);
    expect(gitlab.requests).toContain("PUT /projects/42/merge_requests/7/notes/1");
  });

  it("opens, updates and closes one issue", async () => {
    const body = `${DRIFT_MARKER}\ntwo resources`;
    expect(await keepDriftIssue(forge, true, body)).toBe("drift: issue opened");
    expect(await keepDriftIssue(forge, true, `${body}, now three`)).toBe("drift: issue 2 updated");
    expect(await keepDriftIssue(forge, false, "")).toBe("no drift any more: issue closed");
    expect(gitlab.issues).toMatchObject([{ description: `${body}, now three`, labels: "drift", state: "closed" }]);
  });
});

it("needs a pipeline, and names the variable that is missing", () => {
  expect(() => findForge({})).toThrow("expected GITHUB_ACTIONS=true or GITLAB_CI=true");
  expect(() => findForge({ GITHUB_ACTIONS: "true" })).toThrow("GITHUB_TOKEN: expected the workflow's token");
  expect(() => findForge({ GITLAB_CI: "true" })).toThrow("GITLAB_TOKEN: expected a project access token");
});

describe("the text of a comment", () => {
  const options = { marker: DRIFT_MARKER, longest: 200, commit: "abc", runUrl: "https://example.com/1" };

  function bodyOf(text: string): string {
    const file = join(folder, "report.md");
    writeFileSync(file, text);
    return reportBody({ ...options, file });
  }

  it("has the marker instead of the report's own, and says where it comes from", () => {
    expect(bodyOf("<!-- plan-report -->\nfine\n")).toBe(
      "<!-- drift -->\nfine\n\n<sub>commit `abc`, [run](https://example.com/1)</sub>\n",
    );
  });

  it("leaves the origin out of a text that is as long as a comment may be", () => {
    expect(bodyOf("x".repeat(180))).toBe(`<!-- drift -->\n${"x".repeat(180)}\n`);
  });

  it("says that there is no report", () => {
    expect(reportBody({ ...options, file: join(folder, "none.md") })).toContain(
      "**No report**: the job that writes it failed",
    );
  });

  it("finds commit and run on both forges", () => {
    const github = {
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "a/b",
      GITHUB_RUN_ID: "1",
      GITHUB_SHA: "s",
    };
    expect(originOf(github)).toEqual({ commit: "s", runUrl: "https://github.com/a/b/actions/runs/1" });
    expect(originOf({ ...github, COMMIT: "head" }).commit).toBe("head");
    expect(originOf({ CI_COMMIT_SHA: "s", CI_PIPELINE_URL: "u" })).toEqual({ commit: "s", runUrl: "u" });
  });
});
