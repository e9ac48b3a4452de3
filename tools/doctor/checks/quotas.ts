import { DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** Fargate vCPUs of an account and region. Source: AWS General Reference, "Amazon ECS service quotas". */
const QUOTAS = {
  FARGATE: { code: "L-3032A538", name: "Fargate On-Demand vCPU resource count" },
  FARGATE_SPOT: { code: "L-36FBB829", name: "Fargate Spot vCPU resource count" },
} as const;

type Provider = keyof typeof QUOTAS;

interface Facts {
  readonly provider: Provider;
  readonly maxTasks: number;
  readonly vcpusPerTask: number;
  /** Of the wanted number, while a deployment replaces tasks. */
  readonly maximumPercent: number;
  readonly quota: number;
}

/** A deployment at the largest scale runs old and new tasks side by side. */
export const quotas = defineCheck({
  name: "quotas",
  expects: "the account's Fargate quota holds a deployment at the largest number of tasks",
  read,
  judge: (all) => all.flatMap(problems),
});

async function read(account: Account): Promise<readonly Facts[]> {
  const service = await account.service();
  const { cpuUnits } = await account.running();
  const maxTasks = await largestCount(account, service.desiredCount ?? 0);
  const used = (service.capacityProviderStrategy ?? []).flatMap(({ capacityProvider }) => capacityProvider ?? []);
  const providers = (Object.keys(QUOTAS) as Provider[]).filter((provider) =>
    used.length === 0 ? provider === "FARGATE" : used.includes(provider),
  );
  return Promise.all(
    providers.map(async (provider) => ({
      provider,
      maxTasks,
      vcpusPerTask: cpuUnits / 1024,
      maximumPercent: service.deploymentConfiguration?.maximumPercent ?? 200,
      quota: await readQuota(account, provider),
    })),
  );
}

async function largestCount({ aws, target }: Account, desired: number): Promise<number> {
  const ResourceIds = [`service/${target.clusterName}/${target.serviceName}`];
  const query = new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", ResourceIds });
  const { ScalableTargets = [] } = await ask(
    "application-autoscaling:DescribeScalableTargets",
    aws.autoscaling.send(query),
  );
  return Math.max(desired, ...ScalableTargets.map(({ MaxCapacity = 0 }) => MaxCapacity));
}

async function readQuota({ aws }: Account, provider: Provider): Promise<number> {
  const query = new GetServiceQuotaCommand({ ServiceCode: "fargate", QuotaCode: QUOTAS[provider].code });
  const { Quota } = await ask("servicequotas:GetServiceQuota", aws.quotas.send(query));
  return Quota?.Value ?? 0;
}

function problems({ provider, maxTasks, vcpusPerTask, maximumPercent, quota }: Facts): Problem[] {
  const needed = (maxTasks * vcpusPerTask * maximumPercent) / 100;
  if (needed <= quota) return [];
  const { code, name } = QUOTAS[provider];
  return [
    {
      severity: "warning",
      what: `A deployment at ${maxTasks} tasks needs ${needed} vCPUs, but the account may run ${quota}.`,
      evidence: `${name} (${code}) is ${quota}; ${maxTasks} tasks of ${vcpusPerTask} vCPU at ${maximumPercent} %`,
      impact: "Tasks stay pending at the worst moment: a scale-out or a deployment under load does not finish.",
      remedy: `Ask for more, which may take days: aws service-quotas request-service-quota-increase --service-code fargate --quota-code ${code} --desired-value ${Math.ceil(needed)}`,
    },
  ];
}
