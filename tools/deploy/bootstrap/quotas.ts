import { GetAWSDefaultServiceQuotaCommand, GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { type AwsClients } from "../../aws/clients";
import { type Demand } from "./demand";
import { type Finding } from "./finding";

/** Source: Service Quotas, service `fargate`. */
export const FARGATE_QUOTAS = [
  { code: "L-3032A538", name: "Fargate On-Demand vCPUs", of: "onDemand" },
  { code: "L-36FBB829", name: "Fargate Spot vCPUs", of: "spot" },
] as const;

/** Compares the region's Fargate quotas with the sum of what its services need while all of them deploy at their maximum. */
export async function inspectQuotas(
  { quotas }: Pick<AwsClients, "quotas">,
  region: string,
  demands: readonly Demand[],
): Promise<Finding> {
  const fits: string[] = [];
  const problems: string[] = [];
  for (const { code, name, of } of FARGATE_QUOTAS) {
    const needed = demands.reduce((sum, demand) => sum + demand[of], 0);
    if (needed === 0) continue;
    const quota = await readIfAllowed(quotas, code);
    if (quota === undefined) {
      problems.push(
        `${name}: expected at least ${needed}, but these credentials may not read quotas. Ask for servicequotas:GetServiceQuota, or look in the console.`,
      );
    } else if (quota >= needed) fits.push(`${name}: ${quota}, of which ${needed} are needed`);
    else {
      problems.push(
        `${name}: expected at least ${needed} for all services at their maximum during a deployment, got ${quota}. Tasks beyond it do not start. Ask for more, which can take days: aws service-quotas request-service-quota-increase --region ${region} --service-code fargate --quota-code ${code} --desired-value ${Math.ceil(needed)}`,
      );
    }
  }
  return { subject: `quotas in ${region}`, fits, changes: [], problems };
}

/** Reads a quota; `undefined` without the right to. */
async function readIfAllowed(quotas: AwsClients["quotas"], code: string): Promise<number | undefined> {
  try {
    return await readQuota(quotas, code);
  } catch (error) {
    if (error instanceof Error && error.name === "AccessDeniedException") return undefined;
    throw error;
  }
}

/** Reads a quota. One that was never changed has AWS's default. Source: Service Quotas API reference, GetServiceQuota. */
export async function readQuota(quotas: AwsClients["quotas"], QuotaCode: string): Promise<number> {
  const query = { ServiceCode: "fargate", QuotaCode };
  try {
    return (await quotas.send(new GetServiceQuotaCommand(query))).Quota?.Value ?? 0;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "NoSuchResourceException") throw error;
    return (await quotas.send(new GetAWSDefaultServiceQuotaCommand(query))).Quota?.Value ?? 0;
  }
}
