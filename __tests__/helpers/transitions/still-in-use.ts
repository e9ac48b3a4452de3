import { type Block, type TerraformJson } from "../template";
import { type Action } from "./action-log";
import { addressed, referencesOf } from "./references";

/** A resource that was destroyed while another one still referred to it. */
export interface StillInUse {
  readonly destroyed: string;
  readonly user: string;
}

/**
 * Returns each resource that Terraform destroyed before it had changed a resource that referred to it. AWS refuses to delete most
 * things that are in use, and what it does delete is missing until the user has changed.
 * @param before the configuration that was applied before these actions
 */
export function destroyedWhileInUse(before: TerraformJson, actions: readonly Action[]): StillInUse[] {
  const users = usersOf(before);
  const blocks = addressed(before);
  return actions
    .filter(({ kind, address }) => kind === "delete" && !isKept(address, blocks.get(address)))
    .flatMap(({ address, start }) =>
      (users.get(address) ?? [])
        .filter((user) =>
          actions.some((other) => other.address === user && other.kind === "update" && other.end > start),
        )
        .map((user) => ({ destroyed: address, user })),
    );
}

/**
 * Types of which AWS keeps the object, or which are nothing at AWS; and IAM policies, which cannot go last (see
 * __tests__/changes/lifecycle-table.ts).
 */
const KEPT: readonly string[] = ["aws_secretsmanager_secret_version", "terraform_data", "aws_iam_role_policy"];

/** What is in use by types that otherwise only name what they refer to: without its subject, an alarm or a dashboard has no data. */
const USED_BY: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_dashboard: [],
  aws_cloudwatch_metric_alarm: ["aws_sns_topic", "aws_sns_topic_policy"],
};

function isKept(address: string, block: Block | undefined): boolean {
  return KEPT.includes(address.split(".")[0]!) || block?.["skip_destroy"] === true;
}

/** Maps each address to the addresses of the resources that refer to it, `depends_on` included. */
function usersOf(json: TerraformJson): ReadonlyMap<string, readonly string[]> {
  const blocks = addressed(json);
  const users = new Map<string, string[]>();
  for (const [user, block] of blocks) {
    for (const used of referencesOf(block)) {
      if (used !== user && blocks.has(used) && isUsedBy(user, used))
        users.set(used, [...(users.get(used) ?? []), user]);
    }
  }
  return users;
}

function isUsedBy(user: string, used: string): boolean {
  const [userType, usedType] = [user, used].map((address) => address.split(".")[0]!);
  return USED_BY[userType!]?.includes(usedType!) ?? true;
}
