import { randomBytes } from "node:crypto";

const SECRET_LENGTH = 32;

/** Generates a value for each secret ARN, the same for all tasks. */
export class GeneratedSecrets {
  private readonly values = new Map<string, string>();

  /** @param known values by ARN that are given, such as the database's master credentials */
  constructor(known: Readonly<Record<string, string>> = {}) {
    for (const [arn, value] of Object.entries(known)) this.values.set(arn, value);
  }

  /** Gives a secret another value, for tasks that start from now on. */
  set(arn: string, value: string): void {
    this.values.set(arn, value);
  }

  of(arn: string): string {
    const known = this.values.get(arn);
    if (known !== undefined) return known;
    const value = lettersAndDigits(SECRET_LENGTH);
    this.values.set(arn, value);
    return value;
  }
}

/** Returns random letters and digits. */
export function lettersAndDigits(length: number): string {
  let text = "";
  while (text.length < length)
    text += randomBytes(length)
      .toString("base64")
      .replace(/[^A-Za-z0-9]/g, "");
  return text.slice(0, length);
}
