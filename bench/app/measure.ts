import { percentile } from "../statistics";
import { type ServerProcess, startServer, type Surroundings } from "./contestants";
import { type Contestant } from "./job";
import { LoadProcess } from "./load-process";
import { MEMBERS } from "./people";
import { collectGarbage, cpuMicroseconds, residentBytes } from "./usage";

/** What one round says of one contestant. */
export interface Sample {
  /** CPU time of both server processes for a message: socket, database, acknowledgement, Redis, four deliveries. */
  readonly cpuPerMessageUs: number;
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  /** Resident memory that an idle connection adds, in bytes, after a garbage collection. */
  readonly memoryPerConnection: number;
  /** CPU time of the server for a handshake, from TCP to Socket.IO's own. */
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
  const target = {
    kind: "connections",
    contestant,
    servers: [server.origin],
    ticketSecret,
    atOnce: load.atOnce,
  } as const;
  const first = LoadProcess.start({ ...target, count: FIRST_CONNECTIONS, holdMs: 600_000 });
  const main = LoadProcess.start({ ...target, count: load.connections, holdMs: 0 });
  try {
    await first.until("ready");
    first.go();
    await first.until("measured");
    first.go();
    await main.until("ready");
    await collectGarbage(server.inspectorPort);
    const [memoryBefore, cpuBefore] = [residentBytes(server.pid), cpuMicroseconds(server.pid)];
    main.go();
    await main.until("measured");
    const cpu = cpuMicroseconds(server.pid) - cpuBefore;
    await collectGarbage(server.inspectorPort);
    const memory = residentBytes(server.pid) - memoryBefore;
    main.go();
    const { connected, lost, handshakeMs } = await main.result();
    if (lost > 0) throw new Error(`${contestant}: ${lost} of ${connected} connections were lost`);
    return {
      memoryPerConnection: memory / connected,
      cpuPerHandshakeUs: cpu / connected,
      handshakeP50Ms: percentile(handshakeMs, 0.5),
    };
  } finally {
    first.end();
    main.end();
    await server.stop();
  }
}

function origins(servers: readonly ServerProcess[]): string[] {
  return servers.map(({ origin }) => origin);
}

function cpuOf(servers: readonly ServerProcess[]): number {
  return servers.reduce((sum, { pid }) => sum + cpuMicroseconds(pid), 0);
}
