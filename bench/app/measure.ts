import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "../shared/statistics";
import { type ServerProcess, startServer, type BackingServices } from "./servers";
import { type ConnectionsJob, type ConnectionsResult, type ServerKind } from "./job";
import { LoadProcess } from "./load-process";
import { MEMBERS } from "../shared/people";
import { collectGarbage, cpuMicroseconds, residentBytes } from "./usage";

/** Results of one round for one server. */
export interface Sample {
  /** CPU time of both server processes per message: socket, database, acknowledgement, Redis and four deliveries. */
  readonly cpuPerMessageUs: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** Resident memory per idle connection in bytes, after a garbage collection. */
  readonly memoryPerConnection: number;
  /** CPU time of the warmed-up server per handshake, from TCP connect to Socket.IO connect. */
  readonly cpuPerHandshakeUs: number;
  readonly handshakeP50Ms: number;
}

export interface Load {
  readonly ratePerSec: number;
  readonly seconds: number;
  readonly connections: number;
  readonly atOnce: number;
}

/** Connections opened before memory is first measured, so that one-time allocations are not counted. */
const WARM_UP_CONNECTIONS = 100;
/** Times that all connections are opened and closed before handshakes are measured, to warm up the server. */
const WARM_UPS = 5;
/** Times that all connections are opened for the measurement: one garbage collection costs as much as a third of their handshakes. */
const HANDSHAKE_REPETITIONS = 5;
/** Time for the server to clean up closed connections. */
const SETTLE_MS = 700;

export async function measure(
  serverKind: ServerKind,
  services: BackingServices,
  load: Load,
  secret: string,
): Promise<Sample> {
  await services.resetMessages(serverKind);
  return {
    ...(await measureMessages(serverKind, services, load, secret)),
    ...(await measureConnections(serverKind, services, load, secret)),
  };
}

async function measureMessages(serverKind: ServerKind, services: BackingServices, load: Load, ticketSecret: string) {
  const servers = [await startServer(serverKind, services), await startServer(serverKind, services)];
  const { ratePerSec, seconds } = load;
  const job = { kind: "messages", serverKind, servers: origins(servers), ticketSecret, ratePerSec, seconds } as const;
  const process = LoadProcess.start(job);
  try {
    await process.until("ready");
    const before = cpuOf(servers);
    process.go();
    await process.until("measured");
    const cpu = cpuOf(servers) - before;
    process.go();
    const { sent, acknowledged, delivered, ackMs } = await process.result();
    if (acknowledged !== sent || delivered !== sent * MEMBERS) {
      throw new Error(`${serverKind}: ${sent} sent, ${acknowledged} acknowledged, ${delivered} delivered`);
    }
    return { cpuPerMessageUs: cpu / sent, ackP50Ms: percentile(ackMs, 0.5), ackP99Ms: percentile(ackMs, 0.99) };
  } finally {
    process.end();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function measureConnections(serverKind: ServerKind, services: BackingServices, load: Load, ticketSecret: string) {
  const server = await startServer(serverKind, services);
  const { connections: count, atOnce } = load;
  const job = {
    kind: "connections",
    serverKind,
    servers: [server.origin],
    ticketSecret,
    atOnce,
    count,
    holdMs: 0,
  } as const;
  try {
    const first = await ConnectionGroup.come({ ...job, count: WARM_UP_CONNECTIONS });
    await collectGarbage(server.inspectorPort);
    const memoryBefore = residentBytes(server.pid);
    const group = await ConnectionGroup.come(job);
    await collectGarbage(server.inspectorPort);
    const memoryPerConnection = (residentBytes(server.pid) - memoryBefore) / count;
    await group.leave();
    for (let time = 0; time < WARM_UPS; time += 1) await (await ConnectionGroup.come(job)).leave();
    const handshakes = await measureHandshakes(job, server.pid);
    await first.leave();
    return { memoryPerConnection, ...handshakes };
  } finally {
    await server.stop();
  }
}

async function measureHandshakes(job: ConnectionsJob, pid: number) {
  let cpu = 0;
  const handshakeMs: number[] = [];
  for (let time = 0; time < HANDSHAKE_REPETITIONS; time += 1) {
    const cpuBefore = cpuMicroseconds(pid);
    const group = await ConnectionGroup.come(job);
    cpu += cpuMicroseconds(pid) - cpuBefore;
    handshakeMs.push(...(await group.leave()));
  }
  return { cpuPerHandshakeUs: cpu / handshakeMs.length, handshakeP50Ms: percentile(handshakeMs, 0.5) };
}

/** Open connections of one load process. */
class ConnectionGroup {
  private constructor(private readonly load: LoadProcess<ConnectionsResult>) {}

  static async come(job: ConnectionsJob): Promise<ConnectionGroup> {
    const load = LoadProcess.start(job);
    try {
      await load.until("ready");
      load.go();
      await load.until("measured");
      return new ConnectionGroup(load);
    } catch (error) {
      load.end();
      throw error;
    }
  }

  /** Closes the connections and returns the milliseconds of each handshake. @throws Error if the server closed one before */
  async leave(): Promise<readonly number[]> {
    this.load.go();
    const { connected, lost, repeated, handshakeMs } = await this.load.result();
    if (lost > 0) throw new Error(`${lost} of ${connected} connections were lost`);
    if (repeated > 0) process.stderr.write(`${repeated} of ${connected} handshakes were retried\n`);
    await wait(SETTLE_MS);
    return handshakeMs;
  }
}

function origins(servers: readonly ServerProcess[]): string[] {
  return servers.map(({ origin }) => origin);
}

function cpuOf(servers: readonly ServerProcess[]): number {
  return servers.reduce((sum, { pid }) => sum + cpuMicroseconds(pid), 0);
}
