import { DescribeScalableTargetsCommand } from "@aws-sdk/client-application-auto-scaling";
import { share } from "../../deploy/bootstrap/demand";
import { FARGATE_QUOTAS, readQuota } from "../../deploy/bootstrap/quotas";
import { type Account } from "../account/account";
import { ask } from "../account/ask";
import { defineCheck } from "../check";
import { type Problem } from "../finding";

/** CPU units of one vCPU. */
const UNITS = 1024;
/** What ECS assumes. Source: ECS API reference, DeploymentConfiguration.maximumPercent. */
const MAXIMUM_PERCENT = 200;

interface Facts {
  readonly code: string;
  readonly name: string;
  readonly maxTasks: number;
  /** Of the wanted number, while a deployment replaces tasks. */
  readonly maximumPercent: number;
  readonly neededVcpus: number;
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
  const maximumPercent = service.deploymentConfiguration?.maximumPercent ?? MAXIMUM_PERCENT;
  const strategy = (service.capacityProviderStrategy ?? []).map(({ capacityProvider = "", base = 0, weight = 0 }) => ({
    capacity_provider: capacityProvider,
    base,
    weight,
  }));
  const tasks = share(strategy, Math.floor((maxTasks * maximumPercent) / 100));
  const used = FARGATE_QUOTAS.filter(({ of }) => tasks[of] > 0);
  return Promise.all(
    used.map(async ({ code, name, of }) => ({
      ...{ code, name, maxTasks, maximumPercent },
      neededVcpus: (tasks[of] * cpuUnits) / UNITS,
      quota: await ask("servicequotas:GetServiceQuota", readQuota(account.aws.quotas, code)),
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

function problems({ code, name, maxTasks, maximumPercent, neededVcpus, quota }: Facts): Problem[] {
  if (neededVcpus <= quota) return [];
  return [
    {
      severity: "warning",
      what: `A deployment at ${maxTasks} tasks needs ${neededVcpus} vCPUs, but the account may run ${quota}.`,
      evidence: `${name} (${code}): ${quota}; ${maxTasks} tasks at ${maximumPercent} %`,
      impact: "Tasks stay pending at the worst moment: a scale-out or a deployment under load does not finish.",
      remedy: `Ask for more, which may take days: aws service-quotas request-service-quota-increase --service-code fargate --quota-code ${code} --desired-value ${Math.ceil(neededVcpus)}`,
    },
  ];
}
