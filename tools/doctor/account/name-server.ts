import { promises as dns } from "node:dns";
import { Unanswered } from "./ask";

/** Finds the addresses behind host names. */
export interface NameServer {
  /** IPv4 addresses, sorted; none when the name does not exist. @throws Unanswered when no name server answers */
  addresses(host: string): Promise<readonly string[]>;
}

const NO_SUCH_NAME = ["ENOTFOUND", "ENODATA"];

/** The name servers of this machine. */
export const systemNameServer: NameServer = {
  async addresses(host) {
    try {
      return (await dns.resolve4(host)).sort();
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code);
      if (NO_SUCH_NAME.includes(code)) return [];
      throw new Unanswered("DNS", `the name servers of this machine do not answer for ${host} (${code})`, {
        cause: error,
      });
    }
  },
};
