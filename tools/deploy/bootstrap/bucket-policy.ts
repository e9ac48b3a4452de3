import { at, type Json } from "../../terraform/json";

interface Policy {
  readonly Version: string;
  readonly Statement: readonly Json[];
}

/** Denies every request without TLS. */
function tlsOnly(bucketArn: string): Json {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Whether a bucket's policy refuses requests without TLS, in whatever words. */
export function refusesPlainHttp(policy: string | undefined): boolean {
  return statementsOf(policy).some(
    (statement) =>
      at(statement, "Effect") === "Deny" &&
      JSON.stringify(at(statement, "Condition", "Bool", "aws:SecureTransport"))?.includes("false") &&
      [at(statement, "Action")].flat().some((action) => action === "s3:*" || action === "*"),
  );
}

/** Returns a policy with the statement added; what others wrote stays. */
export function withTlsOnly(policy: string | undefined, bucketArn: string): string {
  const others = statementsOf(policy).filter((statement) => at(statement, "Sid") !== "TlsOnly");
  const result: Policy = { Version: "2012-10-17", Statement: [...others, tlsOnly(bucketArn)] };
  return JSON.stringify(result);
}

function statementsOf(policy: string | undefined): Json[] {
  if (policy === undefined) return [];
  const found = at(JSON.parse(policy) as Json, "Statement") ?? [];
  return Array.isArray(found) ? (found as Json[]) : [found];
}
