import { type Values } from "../../terraform/values";
import { goes, type Judge, whenGone } from "./interruption";

const LOAD_BALANCER =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const SUBNETS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html";
const STICKY = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";

/** Seconds for which a resolver keeps an alias of a load balancer. Source: Route 53 developer guide, alias records. */
const ALIAS_TTL_SEC = 60;

const loadBalancer: Judge = (change) => {
  const { kind, before, after } = change;
  if (kind === "destroy")
    return { effect: "outage", what: "The load balancer and its address go.", source: LOAD_BALANCER };
  if (kind === "replace" && goes(change)) {
    return {
      effect: "outage",
      what: "The load balancer goes, with every connection, before the new one is created; that takes minutes, and its DNS name is another one.",
      source: LOAD_BALANCER,
    };
  }
  if (kind === "replace") {
    return {
      effect: "reconnect",
      what: `A second load balancer with another DNS name takes over. When the first is destroyed, its open connections are cut without a drain, and clients find the new one once an alias record is read again (${ALIAS_TTL_SEC} s).`,
      seconds: { atMost: ALIAS_TTL_SEC },
      source: LOAD_BALANCER,
    };
  }
  const left = kind === "update" ? zonesLeft(before, after) : 0;
  if (left === 0) return undefined;
  return {
    effect: "reconnect",
    what: `The load balancer leaves ${left} of its subnets: connections through their zones are cut and reconnect through the others.`,
    source: SUBNETS,
  };
};

function zonesLeft(before: Values, after: Values): number {
  const [old, now] = [before["subnets"], after["subnets"]];
  if (!Array.isArray(old) || !Array.isArray(now)) return 0;
  return old.filter((subnet) => !now.includes(subnet)).length;
}

const listener: Judge = (change) => {
  if (goes(change)) {
    const lasts = change.kind === "destroy" ? "is closed" : "is closed until the new listener exists";
    return {
      effect: "outage",
      what: `Port ${portOf(change.before)} ${lasts}: clients cannot connect to it.`,
      seconds: undefined,
    };
  }
  if (change.kind !== "update" || !(change.changed.has("port") || change.changed.has("protocol"))) return undefined;
  return { effect: "outage", what: `Clients of port ${portOf(change.before)} can no longer connect to it.` };
};

function portOf(values: Values): string {
  return typeof values["port"] === "number" ? String(values["port"]) : "of the listener";
}

const targetGroup: Judge = (change) => {
  if (change.kind === "replace" && goes(change)) {
    return { effect: "outage", what: "Its targets receive nothing until the new target group has healthy ones." };
  }
  if (change.kind !== "update" || !change.changed.has("stickiness")) return undefined;
  return {
    effect: "reconnect",
    what: "Long-polling clients whose cookie changes reach another task, which does not know their session: they connect again. WebSockets stay open.",
    source: STICKY,
  };
};

export const LOAD_BALANCER_JUDGES: Readonly<Record<string, Judge>> = {
  aws_lb: loadBalancer,
  aws_alb: loadBalancer,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_listener_rule: whenGone(
    "degraded",
    "Requests that it matched get the listener's default action; open WebSockets stay.",
    "Requests that it matches get the listener's default action until the new rule exists; open WebSockets stay.",
  ),
  aws_lb_listener_certificate: whenGone(
    "degraded",
    "New TLS handshakes for its names fail; open connections stay.",
    "New TLS handshakes for its names fail until the new one is attached; open connections stay.",
  ),
  aws_lb_target_group_attachment: whenGone(
    "reconnect",
    "The target is drained.",
    "The target is drained and registered again.",
  ),
};
