import { type TerraformJson } from "../template";
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
  return actions
    .filter(({ kind }) => kind === "delete")
    .flatMap(({ address, start }) =>
      (users.get(address) ?? [])
        .filter((user) =>
          actions.some((other) => other.address === user && other.kind === "update" && other.end > start),
        )
        .map((user) => ({ destroyed: address, user })),
    );
}

/** Maps each address to the addresses of the resources that refer to it, `depends_on` included. */
function usersOf(json: TerraformJson): ReadonlyMap<string, readonly string[]> {
  const blocks = addressed(json);
  const users = new Map<string, string[]>();
  for (const [user, block] of blocks) {
    for (const used of referencesOf(block)) {
      if (used !== user && blocks.has(used)) users.set(used, [...(users.get(used) ?? []), user]);
    }
  }
  return users;
}
