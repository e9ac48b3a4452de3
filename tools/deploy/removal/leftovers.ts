import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import { type AwsClients } from "../../aws/clients";

/** A resource that is still there after everything was destroyed. */
export interface Leftover {
  readonly arn: string;
  /** Why it is there and what to do, as sentences; `undefined` when nothing explains it. */
  readonly why: string | undefined;
}

interface Explanation {
  readonly pattern: RegExp;
  readonly why: (name: string) => string;
}

/** What stays by design, by its ARN. Sources: the service authorization reference, "Resource types"; the API reference of each deletion. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /^arn:[\w-]+:rds:[^:]*:\d+:snapshot:(.+)$/,
    why: (name) =>
      `A snapshot, kept on purpose. To delete it: aws rds delete-db-snapshot --db-snapshot-identifier ${name}`,
  },
  {
    pattern: /^arn:[\w-]+:rds:[^:]*:\d+:cluster-snapshot:(.+)$/,
    why: (name) =>
      `A snapshot, kept on purpose. To delete it: aws rds delete-db-cluster-snapshot --db-cluster-snapshot-identifier ${name}`,
  },
  {
    pattern: /^arn:[\w-]+:rds:[^:]*:\d+:auto-backup:(.+)$/,
    why: () => "Automated backups, kept until their retention ends.",
  },
  {
    pattern: /^arn:[\w-]+:elasticache:[^:]*:\d+:snapshot:(.+)$/,
    why: (name) => `A snapshot, kept on purpose. To delete it: aws elasticache delete-snapshot --snapshot-name ${name}`,
  },
  {
    pattern: /^arn:[\w-]+:kms:[^:]*:\d+:key\/(.+)$/,
    why: (name) =>
      `A key whose deletion is scheduled; snapshots need it. To keep it: aws kms cancel-key-deletion --key-id ${name}`,
  },
  {
    pattern: /^arn:[\w-]+:secretsmanager:[^:]*:\d+:secret:(.+)$/,
    why: () =>
      "A secret in its recovery window, which blocks its name. To free the name: aws secretsmanager delete-secret --force-delete-without-recovery",
  },
  {
    pattern: /^arn:[\w-]+:ecs:[^:]*:\d+:task-definition\/(.+)$/,
    why: (name) =>
      `A deregistered revision, which costs nothing. To delete it: aws ecs delete-task-definitions --task-definitions ${name}`,
  },
  {
    pattern: /^arn:[\w-]+:ecs:[^:]*:\d+:(?:cluster|service|task)\/(.+)$/,
    why: () => "Inactive: ECS shows it for about an hour.",
  },
  {
    pattern: /^arn:[\w-]+:ec2:[^:]*:\d+:natgateway\/(.+)$/,
    why: () => "Deleted: EC2 shows it for about an hour.",
  },
];

/** Explains why a resource is left. */
export function leftoverOf(arn: string): Leftover {
  for (const { pattern, why } of EXPLANATIONS) {
    const name = pattern.exec(arn)?.[1];
    if (name !== undefined) return { arn, why: why(name) };
  }
  return { arn, why: undefined };
}

/** Lists the ARNs of a region's resources that have all of the tags. */
export async function taggedArns(
  { tagging }: Pick<AwsClients, "tagging">,
  tags: Readonly<Record<string, string>>,
): Promise<string[]> {
  const TagFilters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
  const arns: string[] = [];
  let token: string | undefined;
  do {
    const page = { TagFilters, ...(token ? { PaginationToken: token } : {}) };
    const { ResourceTagMappingList = [], PaginationToken } = await tagging.send(new GetResourcesCommand(page));
    arns.push(...ResourceTagMappingList.map(({ ResourceARN = "" }) => ResourceARN));
    token = PaginationToken;
  } while (token);
  return arns;
}

/** Lists the log groups among `names` that exist: a service that logs once more after the deletion creates its group again, without tags. */
export async function logGroupsLeft({ logs }: Pick<AwsClients, "logs">, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name, limit: 50 }));
    found.push(...logGroups.filter(({ logGroupName }) => logGroupName === name).map(({ arn }) => arn ?? name));
  }
  return found.map((arn) => arn.replace(/:\*$/, ""));
}
