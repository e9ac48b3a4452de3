import { run } from "../../programs/child-process";
import { CiError } from "../errors";

/** Length of a hash in a tag; git's own short ones have seven characters. */
const LENGTH = 20;

/**
 * Returns the tag of the image that a folder's committed content makes: the same content has the same tag, whatever the commit.
 * @throws CiError when the folder has changes that are not committed, which the tag would not tell
 */
export async function sourceTag(folder: string, env: NodeJS.ProcessEnv): Promise<string> {
  const git = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run("git", args, { env });
    if (code !== 0) throw new CiError(`git ${args.join(" ")}: ${stderr.trim()}`);
    return stdout.trim();
  };
  const changed = await git("status", "--porcelain", "--", folder);
  if (changed !== "")
    throw new CiError(
      `${folder}: expected committed files only, got changes:\n${changed}\nCommit them, or discard them.`,
    );
  return `${folder}-${(await git("rev-parse", `HEAD:${folder}`)).slice(0, LENGTH)}`;
}
