import { type Block, type TerraformJson } from "../template";
import { type Action } from "./action-log";
import { addressed } from "./references";

/** Attributes that are a name at AWS: two resources of one type cannot share it. */
const NAMES = [
  "name",
  "identifier",
  "bucket",
  "family",
  "user_id",
  "user_group_id",
  "replication_group_id",
  "alarm_name",
];

/**
 * Types whose name may be taken twice: Terraform puts a policy by its name, a task definition's family has revisions, and Route 53 has any
 * number of zones of one name.
 */
const SHARED: readonly string[] = [
  "aws_iam_role_policy",
  "aws_ecs_task_definition",
  "aws_route53_record",
  "aws_route53_zone",
  "aws_acm_certificate",
];

/**
 * Returns the addresses at which Terraform created a resource under a name that another one of the type still had: the old one at the
 * same address, or one at an address that goes.
 */
export function createdUnderTakenName(
  before: TerraformJson,
  after: TerraformJson,
  actions: readonly Action[],
): string[] {
  const [old, current] = [addressed(before), addressed(after)];
  const created = actions.filter(({ kind }) => kind === "create");
  const deleted = actions.filter(({ kind }) => kind === "delete");
  const replaced = created
    .map(({ address }) => address)
    .filter((one) => deleted.some(({ address }) => address === one));
  return created
    .filter(({ address, start }) => {
      const name = identityOf(address, ofNewOnes(current.get(address), replaced));
      return (
        name !== undefined &&
        deleted.some(({ address: gone, end }) => end > start && identityOf(gone, old.get(gone)) === name)
      );
    })
    .map(({ address }) => address);
}

/** Marks references to replaced resources: a new load balancer has a port 80 of its own. */
function ofNewOnes(block: Block | undefined, replaced: readonly string[]): Block | undefined {
  if (block === undefined) return undefined;
  const text = JSON.stringify(block);
  return JSON.parse(replaced.reduce((all, address) => all.replaceAll(`${address}.`, `new ${address}.`), text)) as Block;
}

function identityOf(address: string, block: Block | undefined): string | undefined {
  const type = address.split(".")[0]!;
  if (block === undefined || SHARED.includes(type)) return undefined;
  if (type === "aws_lb_listener") return `${type} ${String(block["load_balancer_arn"])} ${String(block["port"])}`;
  if (type === "aws_lb_listener_rule") return `${type} ${String(block["listener_arn"])} ${String(block["priority"])}`;
  if (/^aws_vpc_security_group_(in|e)gress_rule$/.test(type)) return `${type} ${ruleIdentity(block)}`;
  const name = NAMES.map((attribute) => block[attribute]).find((value) => typeof value === "string");
  return name === undefined ? undefined : `${type} ${JSON.stringify([name, block["vpc_id"], block["scope"]])}`;
}

function ruleIdentity(block: Block): string {
  const peers = ["referenced_security_group_id", "prefix_list_id", "cidr_ipv4", "cidr_ipv6"];
  const fields = ["security_group_id", ...peers, "ip_protocol", "from_port", "to_port"];
  return JSON.stringify(fields.map((field) => block[field]));
}
