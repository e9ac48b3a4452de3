/** One thing that Terraform did to one address; start and end are positions in its event log. */
export interface Action {
  readonly address: string;
  readonly kind: "create" | "update" | "delete";
  readonly start: number;
  /** Infinity when the action failed or never ended. */
  readonly end: number;
}

interface HookEvent {
  readonly type?: string;
  readonly hook?: { readonly resource?: { readonly addr?: string }; readonly action?: string };
}

/** Reads the actions of an apply from the lines of `terraform apply -json`, in the order in which they started. */
export function actionsOf(log: readonly string[]): Action[] {
  const events = log.map((line) => JSON.parse(line) as HookEvent);
  return events.flatMap((event, start): Action[] => {
    const { address, kind } = subjectOf(event);
    if (event.type !== "apply_start" || address === undefined || !isKind(kind)) return [];
    const end = events.findIndex((later, index) => {
      const subject = subjectOf(later);
      return index > start && later.type === "apply_complete" && subject.address === address && subject.kind === kind;
    });
    return [{ address, kind, start, end: end === -1 ? Number.POSITIVE_INFINITY : end }];
  });
}

function subjectOf({ hook }: HookEvent): { address: string | undefined; kind: string | undefined } {
  return { address: hook?.resource?.addr, kind: hook?.action };
}

function isKind(kind: string | undefined): kind is Action["kind"] {
  return kind === "create" || kind === "update" || kind === "delete";
}
