/** `match` nests freely, `rate` and `group` stand only at the top of a rule. */
export type StatementKind = "match" | "rate" | "group";

/**
 * What a WAF rule looks for. Made by the functions of this module only: cdktf does not type it, and passes camelCase on as it is,
 * so that a rule written by hand fails at apply, or worse, matches nothing.
 */
export class WafStatement<Kind extends StatementKind = StatementKind> {
  /** Keeps the compiler from taking an object that only looks like one. */
  declare protected readonly brand: never;

  constructor(
    readonly kind: Kind,
    /** The block in Terraform's own names. */
    readonly block: Readonly<Record<string, unknown>>,
    /** Web ACL capacity units, as documented; each text transformation counted every time, so rather too many than too few. */
    readonly capacity: number,
    /** How many logical statements stand in each other. */
    readonly depth: number = 0,
  ) {}
}

export type Statement = WafStatement<"match">;
