import { gunzipSync } from "node:zlib";
import { TwinError } from "../../errors";
import { type Attributes } from "../../../terraform/attributes";

/** A file that the user data writes from a here-document: `install -m 644 /dev/stdin PATH <<'END'`. */
const WRITTEN = /^install -m \d+ \/dev\/stdin (\S+) <<'(\w+)'\n([\s\S]*?)\n?^\2$/gm;

const GZIP_MAGIC = 0x8b1f;

/** The files that an instance's user data writes, by path. */
export class UserDataFiles {
  private readonly files: ReadonlyMap<string, string>;

  /** @param template the launch template, whose user data is a shell script in Base64, compressed or not */
  constructor(private readonly template: Attributes) {
    const bytes = Buffer.from(template.text("user_data"), "base64");
    const isCompressed = bytes.length > 2 && bytes.readUInt16LE(0) === GZIP_MAGIC;
    const script = (isCompressed ? gunzipSync(bytes) : bytes).toString("utf8");
    this.files = new Map([...script.matchAll(WRITTEN)].map(([, path = "", , text = ""]) => [path, text]));
  }

  optional(path: string): string | undefined {
    return this.files.get(path);
  }

  /** @throws TwinError when the user data does not write the file */
  text(path: string): string {
    const text = this.files.get(path);
    if (text === undefined) {
      throw new TwinError(`${this.template.address}.user_data: expected a script that writes ${path}, found none.`);
    }
    return text;
  }

  /** Reads lines of `NAME='word'`, as the shell does, or of `NAME="text"`, as systemd does. */
  variables(path: string): Record<string, string> {
    const lines = this.text(path).matchAll(/^(\w+)=(?:'((?:[^']|'\\'')*)'|"((?:[^"\\]|\\[\s\S])*)")$/gm);
    return Object.fromEntries(
      [...lines].map(([, name = "", word, text = ""]) => [
        name,
        word === undefined ? text.replace(/\\([\s\S])/g, "$1") : word.replaceAll(`'\\''`, "'"),
      ]),
    );
  }

  /** Reads lines of `NAME source`; none when there is no such file. */
  pairs(path: string): Record<string, string> {
    const lines = (this.optional(path) ?? "").split("\n").filter((line) => line !== "");
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]),
    );
  }
}
