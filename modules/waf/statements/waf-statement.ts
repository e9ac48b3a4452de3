/** `match` can be nested; `rate` and `group` are allowed only at the top of a rule. */
export type StatementKind = "match" | "rate" | "group";

/**
 * What a WAF rule matches, made only by the functions of this module. cdktf does not type statements and writes camelCase keys
 * unchanged, so a handwritten one fails at apply or, worse, matches nothing.
 */
export class WafStatement<Kind extends StatementKind = StatementKind> {
  /** Makes the compiler refuse objects that only look like a statement. */
  declare protected readonly brand: never;

  constructor(
    readonly kind: Kind,
    /** The block in Terraform's names. */
    readonly block: Readonly<Record<string, unknown>>,
    /** Web ACL capacity units as documented. Every text transformation counts each time, so the sum may be too high, never too low. */
    readonly capacity: number,
    /** How many logical statements are nested in each other. */
    readonly depth: number = 0,
  ) {}
}

export type Statement = WafStatement<"match">;
