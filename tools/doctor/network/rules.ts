import { contains } from "./cidr";

/** A rule of a security group. */
export interface Rule {
  /** `tcp`, `udp`, `icmp`, a number, or `-1` for all. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  /** Security groups, IPv4 blocks and prefix lists that it admits. */
  readonly groups: readonly string[];
  readonly blocks: readonly string[];
  readonly prefixLists: readonly string[];
}

export interface SecurityGroup {
  readonly id: string;
  readonly name: string;
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** One end of a path. */
export interface Endpoint {
  readonly name: string;
  readonly groups: readonly SecurityGroup[];
  /** IPv4 blocks of the subnets that its addresses are from. */
  readonly blocks: readonly string[];
}

/** A TCP connection that has to be possible. */
export interface Path {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
}

/** The sides of a path that close it: `egress` of its start, `ingress` of its end. */
export function closedSides({ from, to, port }: Path): ("egress" | "ingress")[] {
  const egress = from.groups.flatMap((group) => group.egress);
  const ingress = to.groups.flatMap((group) => group.ingress);
  return [
    ...(admits(egress, port, to) ? [] : (["egress"] as const)),
    ...(admits(ingress, port, from) ? [] : (["ingress"] as const)),
  ];
}

/** Whether any rule admits somebody to the port. */
export function admitsAnybody(groups: readonly SecurityGroup[], port: number): boolean {
  return groups.flatMap(({ ingress }) => ingress).some((rule) => covers(rule, port));
}

/** A rule names the other end by one of its groups, or by blocks that hold each of its subnets. */
function admits(rules: readonly Rule[], port: number, { groups, blocks }: Endpoint): boolean {
  const covering = rules.filter((rule) => covers(rule, port));
  const named = covering.flatMap((rule) => rule.groups);
  if (groups.some(({ id }) => named.includes(id))) return true;
  const admitted = covering.flatMap((rule) => rule.blocks);
  return blocks.length > 0 && blocks.every((block) => admitted.some((outer) => contains(outer, block)));
}

/** Protocol 6 is TCP. Source: EC2 API reference, IpPermission. */
function covers({ protocol, fromPort, toPort }: Rule, port: number): boolean {
  if (protocol === "-1") return true;
  return ["tcp", "6"].includes(protocol) && fromPort <= port && port <= toPort;
}

/** Describes a rule as `tcp 5432 from sg-0db, 10.0.0.0/16`. */
export function describeRule({ protocol, fromPort, toPort, groups, blocks, prefixLists }: Rule): string {
  const ports = protocol === "-1" ? "all" : `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
  return `${ports} ${[...groups, ...blocks, ...prefixLists].join(", ") || "nobody"}`;
}
