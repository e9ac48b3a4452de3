import { setTimeout as wait } from "node:timers/promises";
import { contract } from "../../app/contract";
import { appEnvironmentVariables } from "../../__tests__/helpers/app-environment-variables";
import { buildImage } from "../../tools/image/build-image";
import { Container, FARGATE_SMALLEST } from "../../tools/image/container";
import { freePort } from "../../tools/servers/free-port";
import { ROOT } from "../bundle";
import { type Surroundings } from "./contestants";
import { LoadProcess } from "./load-process";
import { percentile } from "../statistics";
import { IDLE_CONNECTIONS } from "./targets";

export interface ImageResult {
  readonly connections: number;
  /** Sockets that were lost while they were held. */
  readonly lost: number;
  readonly handshakeP50Ms: number;
  /** Highest memory of the container, page cache included, in MiB of the 512 that it may have. */
  readonly peakMiB: number;
  /** From start to the first healthy answer. */
  readonly bootSec: number;
}

const IMAGE = "localhost/messenger-crm:bench";
/** More than two heartbeats: a server that falls behind would lose sockets. */
const HOLD_MS = 2.4 * contract.container.socket.heartbeat.pingIntervalSec * 1000;
/** As a load balancer lets clients back in after a deploy, a few at a time. */
const AT_ONCE = 20;

/** Holds idle connections on the image, run as Fargate's smallest task. @throws Error when it cannot take them */
export async function measureImage({ postgres, redis }: Surroundings, ticketSecret: string): Promise<ImageResult> {
  await buildImage({ context: `${ROOT}/app`, name: IMAGE, print: (line) => process.stderr.write(`${line}\n`) });
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const container = await Container.start({
    image: IMAGE,
    env: appEnvironmentVariables(port, postgres.urlOf("app"), redis),
  });
  const target = { kind: "connections", contestant: "app", servers: [server], ticketSecret } as const;
  const load = LoadProcess.start({ ...target, count: IDLE_CONNECTIONS, atOnce: AT_ONCE, holdMs: HOLD_MS });
  try {
    await healthy(server);
    const bootSec = (performance.now() - start) / 1000;
    await load.until("ready");
    load.go();
    await load.until("measured");
    load.go();
    const { connected, lost, handshakeMs } = await load.result();
    await healthy(server);
    const peakMiB = (await container.peakMemoryBytes()) / 2 ** 20;
    return { connections: connected, lost, handshakeP50Ms: percentile(handshakeMs, 0.5), peakMiB, bootSec };
  } finally {
    load.end();
    await container.remove();
  }
}

async function healthy(server: string): Promise<void> {
  const end = performance.now() + contract.container.bootSec * 1000;
  while (performance.now() < end) {
    const answer = await fetch(server + contract.container.health.path).catch(() => undefined);
    if (answer?.ok) return;
    await wait(200);
  }
  throw new Error(`the image is not healthy within ${contract.container.bootSec} s at ${FARGATE_SMALLEST.cpus} CPU`);
}
