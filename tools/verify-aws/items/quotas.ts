import { ListServiceQuotasCommand } from "@aws-sdk/client-service-quotas";
import { FARGATE_QUOTAS } from "../../deploy/bootstrap/quotas";
import { ask } from "../../doctor/account/ask";
import { differs, type Environment, holds, type Outcome } from "./item";

/** Looks for the codes of Fargate's quotas in AWS's own list, with the kind of vCPU in each name. */
export async function quotaCodes({ account }: Environment): Promise<Outcome> {
  const { quotas } = account.aws;
  const names = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const query = new ListServiceQuotasCommand({ ServiceCode: "fargate", ...(NextToken ? { NextToken } : {}) });
    const page = await ask("servicequotas:ListServiceQuotas", quotas.send(query));
    for (const { QuotaCode = "", QuotaName = "" } of page.Quotas ?? []) names.set(QuotaCode, QuotaName);
    NextToken = page.NextToken;
  } while (NextToken);
  const seen = FARGATE_QUOTAS.map(({ code }) => `${code}: ${names.get(code) ?? "not in AWS's list"}`).join(", ");
  const isRight = FARGATE_QUOTAS.every(({ code, of }) =>
    names.get(code)?.includes(of === "spot" ? "Spot" : "On-Demand"),
  );
  return isRight ? holds(seen) : differs(seen);
}
