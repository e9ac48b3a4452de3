import { at, first, type Json, strings } from "../terraform/json";

const DEFAULT_ACCOUNT = "123456789012";
const DEFAULT_REGION = "ap-northeast-1";
const ACM_ARN = /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/;

/** What must exist in the simulated account before a stack is applied. */
export interface Prerequisites {
  readonly accountId: string;
  readonly region: string;
  /** ACM certificates that the stack refers to by literal ARN. */
  readonly certificates: readonly string[];
}

/** Reads the account, the region and the certificates that a synthesized stack refers to. */
export function prerequisitesOf(stack: Json): Prerequisites {
  const provider = first(at(stack, "provider", "aws"));
  const accounts = at(provider, "allowed_account_ids");
  const region = at(provider, "region");
  return {
    accountId: literal(first(accounts)) ?? DEFAULT_ACCOUNT,
    region: literal(region) ?? DEFAULT_REGION,
    certificates: [...new Set(strings(at(stack, "resource")).filter((text) => ACM_ARN.test(text)))].sort(),
  };
}

/** A string without interpolation; `undefined` for anything else. */
function literal(value: Json | undefined): string | undefined {
  return typeof value === "string" && !value.includes("${") ? value : undefined;
}
