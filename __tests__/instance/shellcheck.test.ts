import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderScript } from "../../modules/ec2-service/instance";
import { instanceProps } from "../modules/ec2-service/instance/props";

const FILE = /install -m \d+ \/dev\/stdin (\S+) <<'END_OF_FILE'\n(.*?)\nEND_OF_FILE\n/gs;

/** The user data, and each script that it writes, by path. */
function scripts(): [string, string][] {
  const userData = renderScript(instanceProps());
  const written = [...userData.matchAll(FILE)].map(([, path = "", text = ""]): [string, string] => [path, text]);
  return [["user-data", userData], ...written.filter(([path]) => path.startsWith("/usr/local/libexec/app/"))];
}

it.each(scripts())("shellcheck has nothing to say about %s", (path, text) => {
  const folder = mkdtempSync(join(tmpdir(), "shellcheck-"));
  try {
    const file = join(folder, "script");
    writeFileSync(file, `${text}\n`);
    // The sourced settings are another file: they may not be followed, and their variables are not assigned here (or used, in theirs).
    const args = ["--shell=bash", "--exclude=SC1091,SC2154,SC2034,SC2153", file];
    expect({ path, said: execFileSync("shellcheck", args, { encoding: "utf8" }) }).toEqual({ path, said: "" });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
