import { type Account } from "./account/account";
import { type Problem } from "./finding";

/** One question about an environment. */
export interface Check {
  /** The word for `--only` and `--skip`. */
  readonly name: string;
  /** What has to be so, in one line. */
  readonly expects: string;
  /** @throws Unanswered when AWS does not say; DoesNotApply */
  readonly problems: (account: Account) => Promise<readonly Problem[]>;
}

interface Definition<Facts> extends Pick<Check, "name" | "expects"> {
  readonly read: (account: Account) => Promise<Facts>;
  /** Decides by the facts alone. */
  readonly judge: (facts: Facts) => readonly Problem[];
}

/** Makes a check of what it reads and how it decides. */
export function defineCheck<Facts>({ name, expects, read, judge }: Definition<Facts>): Check {
  return { name, expects, problems: async (account) => judge(await read(account)) };
}
