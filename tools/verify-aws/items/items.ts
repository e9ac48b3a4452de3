import { alarmReachesTopic } from "./alarms";
import { emptyPlan, type Item } from "./item";
import { cacheAcceptsToken, flowLogsAreDelivered, logGroupHasKey } from "./logs";
import { quotaCodes } from "./quotas";
import { versionsOfSecret } from "./secrets";
import { taskOfDeregisteredDefinition, timeToPlace } from "./tasks";

const CLOUDFRONT = "needs a domain and the entrance cloudfront, which a throwaway environment does not have";
const ANOTHER_IMAGE = "needs a second image, broken or older";
const NAT_GATEWAY = "the profile small has a NAT gateway";
const UPGRADE = "needs an upgrade of a data store, half an hour more";

/**
 * Every item of docs/real-aws.md, by its title there, in the order of the checks. The alarm is last: one that is on would end a deployment
 * that begins while it is.
 */
export const ITEMS: readonly Item[] = [
  {
    title: "ElastiCache's rewriting of access strings",
    check: (environment) => emptyPlan(environment, "the first apply"),
  },
  { title: "IAM authentication of the cache", check: cacheAcceptsToken },
  { title: "Key policy for log groups", check: logGroupHasKey },
  { title: "Time to place a task", check: timeToPlace },
  { title: "Quotas of Fargate", check: quotaCodes },
  { title: "A task of a deregistered definition", check: taskOfDeregisteredDefinition },
  { title: "Versions of a secret that Terraform wrote", check: versionsOfSecret },
  { title: "Flow logs' permissions", check: flowLogsAreDelivered },
  { title: "Encrypted alarms to an encrypted topic", check: alarmReachesTopic },
  { title: "A list of what is left", seenBy: "destruction" },
  { title: "VPC origins by zone id", byHand: "has to be compared with a page of AWS's, before the first apply" },
  { title: "WebSockets through a VPC origin", byHand: CLOUDFRONT },
  { title: "Log delivery v2 across regions", byHand: CLOUDFRONT },
  { title: "VPC origins' service security group", byHand: CLOUDFRONT },
  { title: "Major-only engine versions of Aurora", byHand: "the profile small has no Aurora" },
  { title: "Pending upgrades of a cache", byHand: UPGRADE },
  { title: "Pending major versions of a database", byHand: UPGRADE },
  { title: "Names of engine parameters", byHand: "has to be compared with the lists in the modules" },
  { title: "Errors of a subnet group that loses a subnet in use", byHand: "nothing depends on it" },
  { title: "Exchange of names after a restore", byHand: "is the runbook itself" },
  { title: "`DIFF()` with one period", byHand: "needs more connections than the smoke test opens" },
  { title: "Scaling on metric math", byHand: "needs a load test" },
  { title: "Dimensions and names of metrics", byHand: "needs a day of data" },
  { title: "ECS Exec with a read-only root filesystem", byHand: "needs the Session Manager plugin and a terminal" },
  { title: "Rollback by alarm", byHand: ANOTHER_IMAGE },
  { title: "NAT instances", byHand: NAT_GATEWAY },
  { title: "Time to set up a NAT instance", byHand: NAT_GATEWAY },
  { title: "Words of a rollback by ECS", byHand: ANOTHER_IMAGE },
  { title: "The latest revision after a deregistration", byHand: ANOTHER_IMAGE },
  { title: "Policies that an apply brings", byHand: "needs a new secret in an environment that exists" },
];

/** How many items a run checks. */
export const CHECKED = ITEMS.filter((item) => !("byHand" in item)).length;
