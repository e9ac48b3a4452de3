import { spawnSync } from "node:child_process";
import { ROOT } from "../../helpers/run-program";

function ci(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tools/ci/cli.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, GITHUB_ACTIONS: "", GITLAB_CI: "" },
  });
  return { status, stdout, stderr };
}

it("explains its commands", () => {
  for (const args of [["--help"], ["plan", "--help"]]) {
    const { status, stdout } = ci(...args);
    expect(status).toBe(0);
    for (const name of ["plan", "save", "apply", "image", "comment", "issue"])
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, "m"));
  }
});

it.each([
  [["deploy"], "deploy: expected a command."],
  [[], "no command: expected a command."],
  [["toString"], "toString: expected a command."],
  [["plan", "--fast"], "Unknown option '--fast'"],
  [["save", "registry", "--out", "no-such-folder"], "no-such-folder/stacks: expected at least one stack"],
  [["comment", "--number", "", "--file", "x"], "--number: expected the number of the pull request, got nothing."],
  [["comment", "--number", "seven", "--file", "x"], '--number: expected the number of the pull request, got "seven".'],
  [["comment", "--number", "7", "--file", "x"], "expected GITHUB_ACTIONS=true or GITLAB_CI=true"],
  [["issue", "--drift", "yes", "--file", "x"], '--drift: expected true or false, got "yes".'],
  [["issue", "--drift", "", "--file", "x"], "--drift: expected true or false, got nothing."],
])("%j is refused in words", (args, text) => {
  const { status, stdout, stderr } = ci(...args);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/^\s+at /m);
});
