import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { type Construct } from "constructs";
import { Checks, formatValue } from "./checks";
import { RESOURCE_ID } from "./resource-id";
import { allowIngress } from "./security-group-rules";
import { isUnresolved } from "./tokens";

export interface RestrictedSecurityGroupProps {
  readonly name: string;
  /** Plain ASCII, at most 255 characters. */
  readonly description: string;
  readonly vpcId: string;
  readonly ports: { readonly from: number; readonly to: number };
  readonly nameTag: string;
}

const CLIENT_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const SECURITY_GROUP_ID = new RegExp(`^sg-${RESOURCE_ID}$`);

/**
 * Creates the security group of a data store: only members of the named groups reach it, only on its ports, and it has no
 * egress. Its resources are children of the given scope (`security-group`, `ingress-<client>`).
 */
export class RestrictedSecurityGroup {
  readonly group: SecurityGroup;
  private readonly clients = new Set<string>();

  constructor(
    private readonly scope: Construct,
    private readonly props: RestrictedSecurityGroupProps,
  ) {
    // Terraform removes the egress rule that AWS adds to a new group, so this group has no rules at all.
    this.group = new SecurityGroup(scope, "security-group", {
      name: props.name,
      description: props.description,
      vpcId: props.vpcId,
      tags: { Name: props.nameTag },
    });
  }

  /**
   * Allows ingress from the members of another security group.
   * @param client name of the other side, kebab-case: it becomes part of the rule's Terraform address
   * @param prop where the caller asked for it, for error messages
   * @throws ConfigurationError when the name is invalid or taken, the id is not a security group's, or the group may connect already
   */
  allowFrom(client: string, securityGroupId: string, prop = `allowFrom(${formatValue(client)})`): void {
    const checks = new Checks(this.scope);
    checkClient(checks, "allowFrom", client, securityGroupId);
    checks.require(!this.clients.has(client), {
      code: "core/client-name-taken",
      prop: "allowFrom",
      expected: "a name that is not taken",
      got: formatValue(client),
      remedy: "Each client has one rule.",
    });
    checks.throwIfInvalid();
    this.clients.add(client);
    const rule = {
      securityGroupId: this.group.id,
      description: `From ${client}`,
      referencedSecurityGroupId: securityGroupId,
      ports: this.props.ports,
      tags: { Name: client },
    };
    allowIngress(this.scope, `ingress-${client}`, rule, { scope: this.scope, prop });
  }
}

/** Checks a map from a client's name to its security group. */
export function checkAllowedSecurityGroups(
  checks: Checks,
  prop: string,
  groups: Readonly<Record<string, string>> | undefined,
): void {
  if (groups === undefined) return;
  if (typeof groups !== "object" || groups === null || Array.isArray(groups) || isUnresolved(groups)) {
    checks.add({
      code: "core/wrong-type",
      prop,
      expected: "an object from a name to a security group id",
      got: formatValue(groups),
      remedy: 'Name each client, for example { service: "sg-0123456789abcdef0" }.',
    });
    return;
  }
  for (const [client, id] of Object.entries(groups)) checkClient(checks, prop, client, id);
}

function checkClient(checks: Checks, prop: string, client: string, id: string): void {
  checks.require(
    !isUnresolved(client) && typeof client === "string" && CLIENT_ID.test(client) && client.length <= 128,
    {
      code: "core/client-name",
      prop,
      expected: "names in kebab-case, at most 128 characters",
      got: formatValue(client),
      remedy: 'The name becomes part of the Terraform address, such as "service".',
    },
  );
  const known = isUnresolved(id) || (typeof id === "string" && SECURITY_GROUP_ID.test(id));
  checks.require(known, {
    code: "core/resource-id",
    prop: `${prop}.${String(client)}`,
    expected: "an id such as sg-0123456789abcdef0",
    got: formatValue(id),
    remedy: "Only security groups are let in, never addresses.",
  });
}
