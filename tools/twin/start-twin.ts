import { rmSync } from "node:fs";
import { freePort } from "../servers/free-port";
import { requireRunnable } from "./instances/require-runnable";
import { type BackingServers, startBackingServers } from "./data/backing-servers";
import { Haproxy } from "./balancer/haproxy";
import { balancerPlan } from "./balancer/balancer-plan";
import { AddressBlock } from "./network/address-block";
import { LocalPorts } from "./network/local-ports";
import { cleanLeftovers, runFolder } from "./registry/registry";
import { type TwinOptions } from "./options";
import { Twin } from "./twin";

/**
 * Starts a twin of an applied topology. Resolves when its servers run; tasks are still starting then, see `untilSteady`.
 * @throws TwinError when a program is missing or does not start
 */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  requireRunnable(options.topology, options.image);
  await cleanLeftovers();
  const addresses = await AddressBlock.claim();
  const folder = runFolder(addresses.label);
  let servers: BackingServers | undefined;
  try {
    const { topology } = options;
    servers = await startBackingServers(topology.database, topology.cache);
    const port = options.port ?? (await freePort());
    const ports = await LocalPorts.choose(topology, addresses, freePort);
    const taskPort = ports.target;
    const plan = balancerPlan(topology, { addresses, port, taskPort });
    const balancer = await Haproxy.start({ folder, plan });
    return new Twin(options, { addresses, folder, servers, balancer, port, taskPort, ports });
  } catch (error) {
    await servers?.close();
    rmSync(folder, { recursive: true, force: true });
    await addresses.release();
    throw error;
  }
}
