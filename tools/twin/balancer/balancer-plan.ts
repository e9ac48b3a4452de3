import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type BalancerPlan } from "./haproxy-config";
import { type AddressBlock, CLIENT_PATHS, SLOTS } from "../network/address-block";
import { type Topology } from "../topology/topology";

export interface BalancerPlace {
  readonly addresses: AddressBlock;
  readonly port: number;
  readonly taskPort: number;
}

/** Cookies of another twin mean nothing here. */
const SALT = randomBytes(16);
const MOST_CONNECTIONS = 50_000;
const OTHER_FILES = 500;

/** The balancer that an applied topology asks for, in its place on this machine. */
export function balancerPlan(topology: Topology, { addresses, port, taskPort }: BalancerPlace): BalancerPlan {
  const slots = Array.from({ length: SLOTS }, (_, index) => index + 1);
  const paths = Array.from({ length: CLIENT_PATHS }, (_, index) => addresses.client(index + 1));
  return {
    loadBalancer: topology.loadBalancer,
    targetGroup: topology.targetGroup,
    addresses: ["127.0.0.1", ...paths],
    port,
    slots: slots.map((slot) => {
      const cookie = createHash("sha256").update(SALT).update(addresses.task(slot)).digest("hex").slice(0, 32);
      return { name: slotName(slot), address: addresses.task(slot), port: taskPort, cookie, registered: false };
    }),
    maxConnections: maxConnections(),
  };
}

/** Returns the name of a task's server in the balancer. */
export function slotName(slot: number): string {
  return `slot-${slot}`;
}

/** Each connection takes a file on both sides, and HAProxy refuses to start with more than it may open. */
function maxConnections(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1];
  const allowed = hard === undefined ? MOST_CONNECTIONS : Math.floor((Number(hard) - OTHER_FILES) / 2);
  return Math.min(MOST_CONNECTIONS, allowed);
}
