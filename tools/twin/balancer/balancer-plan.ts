import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type BalancerPlan } from "./haproxy-config";
import { type AddressBlock, CLIENT_PATHS, SLOTS } from "../network/address-block";
import { type Topology } from "../topology/topology";

export interface BalancerAddresses {
  readonly addresses: AddressBlock;
  readonly port: number;
  readonly taskPort: number;
}

/** Makes the stickiness cookies of every twin different. */
const SALT = randomBytes(16);
const MAX_CONNECTIONS = 50_000;
const OTHER_FILE_DESCRIPTORS = 500;

/** Returns the balancer that an applied topology describes, at its addresses on this machine. */
export function balancerPlan(topology: Topology, { addresses, port, taskPort }: BalancerAddresses): BalancerPlan {
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

/** Each connection needs a file descriptor on both sides; HAProxy refuses to start when the hard limit is too low. */
function maxConnections(): number {
  const limits = readFileSync("/proc/self/limits", "utf8");
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1];
  const allowed = hard === undefined ? MAX_CONNECTIONS : Math.floor((Number(hard) - OTHER_FILE_DESCRIPTORS) / 2);
  return Math.min(MAX_CONNECTIONS, allowed);
}
