import { type Configuration } from "./configuration";
import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";
import { isTemplate, numberOf } from "./template-text";

export type Direction = "ingress" | "egress";

/** One way in or out, whichever of the provider's kinds of resource it is written in. */
export interface Traffic {
  /** The resource that it is written in. */
  readonly resource: Resource;
  /** The attribute that holds it: empty for a resource that is nothing but this rule. */
  readonly prefix: string;
  readonly body: JsonObject;
}

const SEPARATE = {
  ingress: ["aws_vpc_security_group_ingress_rule", "aws_security_group_rule"],
  egress: ["aws_vpc_security_group_egress_rule", "aws_security_group_rule"],
} as const;

/** Types of all resources in which a way in, or out, can be written. */
export function trafficTypes(direction: Direction): readonly string[] {
  return ["aws_security_group", "aws_default_security_group", ...SEPARATE[direction]];
}

/** The ways in or out that a resource holds; none where only Terraform will know them. */
export function trafficOf(resource: Resource, direction: Direction): readonly Traffic[] {
  if (resource.type === "aws_security_group" || resource.type === "aws_default_security_group") {
    const blocks = resource.blocks(direction) ?? [];
    return blocks.map((body, index) => ({ resource, prefix: `${direction}[${index}].`, body }));
  }
  if (resource.type === "aws_security_group_rule" && resource.body["type"] !== direction) return [];
  return [{ resource, prefix: "", body: resource.body }];
}

/** The CIDR blocks that traffic names. */
export function blocksOfAddresses({ body }: Traffic): readonly unknown[] {
  return [body["cidr_ipv4"], body["cidr_ipv6"], body["cidr_blocks"], body["ipv6_cidr_blocks"]]
    .flat()
    .filter((block) => block !== undefined && block !== null);
}

/** The whole internet, of either family. */
export function isWorld(block: unknown): boolean {
  return block === "0.0.0.0/0" || block === "::/0";
}

export function portsOf({ body }: Traffic): { readonly from: unknown; readonly to: unknown } {
  return { from: body["from_port"], to: body["to_port"] };
}

export function isAllProtocols({ body }: Traffic): boolean {
  const protocol = body["ip_protocol"] ?? body["protocol"];
  return protocol === "-1" || protocol === -1 || protocol === "all";
}

/** Whether the traffic is of one port alone; a port that only Terraform will know is taken for it. */
export function isPort(traffic: Traffic, port: number): boolean {
  const { from, to } = portsOf(traffic);
  if (isAllProtocols(traffic)) return false;
  return [from, to].every((value) => isTemplate(value) || numberOf(value) === port);
}

/** The group that a way in or out belongs to; `undefined` where it is none of this stack. */
export function groupOf({ resource }: Traffic, configuration: Configuration): Resource | undefined {
  if (resource.type === "aws_security_group") return resource;
  return configuration
    .referenced(resource.value("security_group_id"))
    .find(({ type }) => type === "aws_security_group");
}

/** Whether the listener sends clients on to HTTPS, in every action that it has. */
export function redirectsToHttps(listener: Resource): boolean {
  const actions = listener.blocks("default_action");
  if (!actions) return true;
  return actions.length > 0 && actions.every((action) => isRedirect(action));
}

function isRedirect(action: JsonObject): boolean {
  const [redirect] = blocksOf(action["redirect"]) ?? [];
  if (isTemplate(action["type"])) return true;
  if (action["type"] !== "redirect" || !isObject(redirect)) return false;
  return redirect["protocol"] === "HTTPS" || isTemplate(redirect["protocol"]);
}
