import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  ListTaskDefinitionsCommand,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { revisionOf } from "../service/snapshot";

/** One revision of the service's task definition. */
export interface Revision {
  readonly arn: string;
  readonly number: number;
  /** Image of the container that listens. */
  readonly image: string;
  readonly definition: TaskDefinition;
}

/** Returns the ARNs of the family's active revisions, the newest first. */
export async function activeRevisions(ecs: ECSClient, family: string): Promise<string[]> {
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const query = {
      familyPrefix: family,
      status: "ACTIVE",
      sort: "DESC",
      ...(nextToken ? { nextToken } : {}),
    } as const;
    const page = await ecs.send(new ListTaskDefinitionsCommand(query));
    arns.push(...(page.taskDefinitionArns ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  // A prefix also matches the families of other services.
  const own = arns.filter((arn) => arn.split("/").at(-1)?.split(":")[0] === family);
  return own.sort((a, b) => revisionOf(b) - revisionOf(a));
}

export async function readRevision(ecs: ECSClient, arn: string): Promise<Revision> {
  const { taskDefinition: definition = {} } = await ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: arn }),
  );
  const containers = definition.containerDefinitions ?? [];
  const app = containers.find(({ portMappings = [] }) => portMappings.length > 0) ?? containers[0];
  return { arn, number: revisionOf(arn), image: app?.image ?? "", definition };
}
