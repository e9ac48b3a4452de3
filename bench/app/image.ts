import { setTimeout as wait } from "node:timers/promises";
import { contract } from "../../app/contract";
import { appEnvironmentVariables } from "../../__tests__/helpers/app-environment-variables";
import { buildImage } from "../../tools/image/build-image";
import { Container, FARGATE_SMALLEST } from "../../tools/image/container";
import { freePort } from "../../tools/servers/free-port";
import { ROOT } from "../shared/bundle";
import { type BackingServices } from "./servers";
import { LoadProcess } from "./load-process";
import { percentile } from "../shared/statistics";
import { IDLE_CONNECTIONS } from "./targets";

export interface ImageResult {
  readonly connections: number;
  /** Connections lost while they were held. */
  readonly lost: number;
  readonly handshakeP50Ms: number;
  /** Peak memory of the container in MiB, page cache included; the limit is 512. */
  readonly peakMiB: number;
  /** Seconds from start to the first healthy response. */
  readonly bootSec: number;
}

const IMAGE = "localhost/messenger-crm:bench";
/** More than two heartbeats, because an overloaded server loses connections at a heartbeat. */
const HOLD_MS = 2.4 * contract.container.socket.heartbeat.pingIntervalSec * 1000;
/** Concurrent handshakes, about as many as a load balancer passes on after a deployment. */
const AT_ONCE = 20;

/** Holds idle connections on a container with the size of Fargate's smallest task. @throws Error if it cannot accept them */
export async function measureImage({ postgres, redis }: BackingServices, ticketSecret: string): Promise<ImageResult> {
  await buildImage({ context: `${ROOT}/app`, name: IMAGE, print: (line) => process.stderr.write(`${line}\n`) });
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const container = await Container.start({
    image: IMAGE,
    env: appEnvironmentVariables(port, postgres.urlOf("app"), redis),
  });
  const target = { kind: "connections", serverKind: "app", servers: [server], ticketSecret } as const;
  const load = LoadProcess.start({ ...target, count: IDLE_CONNECTIONS, atOnce: AT_ONCE, holdMs: HOLD_MS });
  try {
    await untilHealthy(server);
    const bootSec = (performance.now() - start) / 1000;
    await load.until("ready");
    load.go();
    await load.until("measured");
    load.go();
    const { connected, lost, handshakeMs } = await load.result();
    await untilHealthy(server);
    const peakMiB = (await container.peakMemoryBytes()) / 2 ** 20;
    return { connections: connected, lost, handshakeP50Ms: percentile(handshakeMs, 0.5), peakMiB, bootSec };
  } finally {
    load.end();
    await container.remove();
  }
}

async function untilHealthy(server: string): Promise<void> {
  const end = performance.now() + contract.container.bootSec * 1000;
  while (performance.now() < end) {
    const answer = await fetch(server + contract.container.health.path).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(
    `the container did not become healthy within ${contract.container.bootSec} s at ${FARGATE_SMALLEST.cpus} CPU`,
  );
}
