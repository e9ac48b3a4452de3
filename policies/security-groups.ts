import { type Configuration } from "./configuration";
import { blocksOf, isObject, type JsonObject, type Resource } from "./resource";
import { isTemplate, numberOf } from "./template-text";

export type Direction = "ingress" | "egress";

/** One ingress or egress rule of a security group, in any of the provider's resource types. */
export interface Traffic {
  /** The resource that contains the rule. */
  readonly resource: Resource;
  /** The attribute that contains the rule; empty if the whole resource is the rule. */
  readonly prefix: string;
  readonly body: JsonObject;
}

const SEPARATE = {
  ingress: ["aws_vpc_security_group_ingress_rule", "aws_security_group_rule"],
  egress: ["aws_vpc_security_group_egress_rule", "aws_security_group_rule"],
} as const;

/** Returns the resource types that can contain rules of a direction. */
export function trafficTypes(direction: Direction): readonly string[] {
  return ["aws_security_group", "aws_default_security_group", ...SEPARATE[direction]];
}

/** Returns the rules of a direction that a resource contains, or none if they are known only at apply. */
export function trafficOf(resource: Resource, direction: Direction): readonly Traffic[] {
  if (resource.type === "aws_security_group" || resource.type === "aws_default_security_group") {
    const blocks = resource.blocks(direction) ?? [];
    return blocks.map((body, index) => ({ resource, prefix: `${direction}[${index}].`, body }));
  }
  if (resource.type === "aws_security_group_rule" && resource.body["type"] !== direction) return [];
  return [{ resource, prefix: "", body: resource.body }];
}

/** Returns the CIDR blocks of a rule. */
export function cidrBlocksOf({ body }: Traffic): readonly unknown[] {
  return [body["cidr_ipv4"], body["cidr_ipv6"], body["cidr_blocks"], body["ipv6_cidr_blocks"]]
    .flat()
    .filter((block) => block !== undefined && block !== null);
}

/** Whether the CIDR block is the whole internet, IPv4 or IPv6. */
export function isWholeInternet(block: unknown): boolean {
  return block === "0.0.0.0/0" || block === "::/0";
}

export function portsOf({ body }: Traffic): { readonly from: unknown; readonly to: unknown } {
  return { from: body["from_port"], to: body["to_port"] };
}

export function isAllProtocols({ body }: Traffic): boolean {
  const protocol = body["ip_protocol"] ?? body["protocol"];
  return protocol === "-1" || protocol === -1 || protocol === "all";
}

/** Whether the rule allows exactly one port. A port that is known only at apply counts as a match. */
export function isPort(traffic: Traffic, port: number): boolean {
  const { from, to } = portsOf(traffic);
  if (isAllProtocols(traffic)) return false;
  return [from, to].every((value) => isTemplate(value) || numberOf(value) === port);
}

/** Returns the security group that a rule belongs to, or `undefined` if it is in another stack. */
export function groupOf({ resource }: Traffic, configuration: Configuration): Resource | undefined {
  if (resource.type === "aws_security_group") return resource;
  return configuration
    .referenced(resource.value("security_group_id"))
    .find(({ type }) => type === "aws_security_group");
}

/** Whether every default action of the listener redirects to HTTPS. */
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
