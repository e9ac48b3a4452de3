import { Fn, Token } from "cdktf";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** Parses a literal ARN. Returns `undefined` for any other text. Source of the format: AWS General Reference, "ARN format". */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|):(.+)$/.exec(text);
  if (!match) return undefined;
  const [, partition = "", service = "", region = "", accountId = "", resource = ""] = match;
  return { partition, service, region, accountId, resource };
}

const FIELDS = { partition: 1, region: 3, accountId: 4 } as const;

/**
 * Returns an expression for a field of an ARN that is known only at apply. It replaces the data sources for region and account,
 * so that a plan needs no call to AWS.
 */
export function arnField(arn: string, field: keyof typeof FIELDS): string {
  return Token.asString(Fn.element(Fn.split(":", arn), FIELDS[field]));
}
