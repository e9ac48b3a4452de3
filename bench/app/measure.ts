import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "../statistics";
import { type ServerProcess, startServer, type Surroundings } from "./contestants";
import { type ConnectionsJob, type ConnectionsResult, type Contestant } from "./job";
import { LoadProcess } from "./load-process";
import { MEMBERS } from "../people";
import { collectGarbage, cpuMicroseconds, residentBytes } from "./usage";

/** What one round says of one contestant. */
export interface Sample {
  /** CPU time of both server processes for a message: socket, database, acknowledgement, Redis, four deliveries. */
  readonly cpuPerMessageUs: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** Resident memory that an idle connection adds, in bytes, after a garbage collection. */
  readonly memoryPerConnection: number;
  /** CPU time of the server for a handshake, from TCP to Socket.IO's own, when it is warm. */
  readonly cpuPerHandshakeUs: number;
  readonly handshakeP50Ms: number;
}

export interface Load {
  readonly ratePerSec: number;
  readonly seconds: number;
  readonly connections: number;
  readonly atOnce: number;
}

/** Connections before the first look at the memory: what is made once, whatever number comes, is there then. */
const FIRST_CONNECTIONS = 100;
/** Times that all connections come and go before their handshakes are measured: a server runs for days, and cold for seconds. */
const WARM_UPS = 5;
/** Until what the last ones left behind is put away. */
const SETTLE_MS = 700;

export async function measure(
  contestant: Contestant,
  surroundings: Surroundings,
  load: Load,
  secret: string,
): Promise<Sample> {
  await surroundings.forget(contestant);
  return {
    ...(await measureMessages(contestant, surroundings, load, secret)),
    ...(await measureConnections(contestant, surroundings, load, secret)),
  };
}

async function measureMessages(contestant: Contestant, surroundings: Surroundings, load: Load, ticketSecret: string) {
  const servers = [await startServer(contestant, surroundings), await startServer(contestant, surroundings)];
  const { ratePerSec, seconds } = load;
  const job = { kind: "messages", contestant, servers: origins(servers), ticketSecret, ratePerSec, seconds } as const;
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
      throw new Error(`${contestant}: ${sent} sent, ${acknowledged} acknowledged, ${delivered} delivered`);
    }
    return { cpuPerMessageUs: cpu / sent, ackP50Ms: percentile(ackMs, 0.5), ackP99Ms: percentile(ackMs, 0.99) };
  } finally {
    process.end();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

async function measureConnections(
  contestant: Contestant,
  surroundings: Surroundings,
  load: Load,
  ticketSecret: string,
) {
  const server = await startServer(contestant, surroundings);
  const { connections: count, atOnce } = load;
  const job = {
    kind: "connections",
    contestant,
    servers: [server.origin],
    ticketSecret,
    atOnce,
    count,
    holdMs: 0,
  } as const;
  try {
    const first = await Crowd.come({ ...job, count: FIRST_CONNECTIONS });
    await collectGarbage(server.inspectorPort);
    const memoryBefore = residentBytes(server.pid);
    const crowd = await Crowd.come(job);
    await collectGarbage(server.inspectorPort);
    const memoryPerConnection = (residentBytes(server.pid) - memoryBefore) / count;
    await crowd.leave();
    for (let time = 0; time < WARM_UPS; time += 1) await (await Crowd.come(job)).leave();
    const cpuBefore = cpuMicroseconds(server.pid);
    const last = await Crowd.come(job);
    const cpuPerHandshakeUs = (cpuMicroseconds(server.pid) - cpuBefore) / count;
    const handshakeMs = await last.leave();
    await first.leave();
    return { memoryPerConnection, cpuPerHandshakeUs, handshakeP50Ms: percentile(handshakeMs, 0.5) };
  } finally {
    await server.stop();
  }
}

/** Connections of one load process, all there once it has come. */
class Crowd {
  private constructor(private readonly load: LoadProcess<ConnectionsResult>) {}

  static async come(job: ConnectionsJob): Promise<Crowd> {
    const load = LoadProcess.start(job);
    try {
      await load.until("ready");
      load.go();
      await load.until("measured");
      return new Crowd(load);
    } catch (error) {
      load.end();
      throw error;
    }
  }

  /** How long each handshake took, in milliseconds. @throws Error when the server closed one of them meanwhile */
  async leave(): Promise<readonly number[]> {
    this.load.go();
    const { connected, lost, repeated, handshakeMs } = await this.load.result();
    if (lost > 0) throw new Error(`${lost} of ${connected} connections were lost`);
    if (repeated > 0) process.stderr.write(`${repeated} of ${connected} handshakes were made again\n`);
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
