import { rmSync } from "node:fs";
import { freePort } from "../servers/free-port";
import { type BackingServers, startBackingServers } from "./data/backing-servers";
import { Haproxy } from "./balancer/haproxy";
import { balancerPlan } from "./balancer/balancer-plan";
import { AddressBlock } from "./network/address-block";
import { cleanLeftovers, runFolder } from "./registry/registry";
import { type TwinOptions } from "./options";
import { Twin } from "./twin";

/**
 * Starts a twin of an applied topology. Resolves when its servers run; tasks are still starting then, see `untilSteady`.
 * @throws TwinError when a program is missing or does not start
 */
export async function startTwin(options: TwinOptions): Promise<Twin> {
  await cleanLeftovers();
  const addresses = await AddressBlock.claim();
  const folder = runFolder(addresses.label);
  let servers: BackingServers | undefined;
  try {
    const { topology } = options;
    servers = await startBackingServers(topology.database, topology.cache);
    const port = options.port ?? (await freePort());
    const taskPort = await addresses.portOfTasks(topology.service.containerPort, freePort);
    const plan = balancerPlan(topology, { addresses, port, taskPort });
    const balancer = await Haproxy.start({ folder, plan });
    return new Twin(options, { addresses, folder, servers, balancer, port, taskPort });
  } catch (error) {
    await servers?.close();
    rmSync(folder, { recursive: true, force: true });
    await addresses.release();
    throw error;
  }
}
