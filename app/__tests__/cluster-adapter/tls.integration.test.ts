import { rmSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../../tools/servers/free-port";
import { serverFolder } from "../../../tools/servers/account";
import { readConfiguration } from "../../server/configuration";
import { createClusterAdapter } from "../../server/cluster-adapter/create-cluster-adapter";
import { makeCertificates } from "../helpers/certificates";
import { MemoryLog } from "../helpers/memory-log";
import { RedisServer } from "../helpers/redis";
import { ENVIRONMENT } from "../helpers/server-process";
import { startTask, type Task, until } from "../helpers/task";

let folder: string;
let redis: RedisServer;
let port: number;

beforeAll(async () => {
  folder = serverFolder("redis-tls-");
  await makeCertificates(folder);
  port = await freePort();
  const files = ["--tls-cert-file", join(folder, "server.pem"), "--tls-key-file", join(folder, "server.key")];
  const args = ["--tls-port", String(port), ...files, "--tls-auth-clients", "no", "--tls-ca-cert-file"];
  redis = await RedisServer.start({ args: [...args, join(folder, "ca.pem")] });
});
afterAll(async () => {
  await redis.close();
  rmSync(folder, { recursive: true });
});

/** A task as the variables of a deployed one make it. */
function start(host: string, authority: string | undefined): Promise<Task> {
  const { redis: configuration } = readConfiguration(
    {
      ...ENVIRONMENT,
      NODE_ENV: "production",
      PORT: "0",
      HOSTNAME: "127.0.0.1",
      DATABASE_URL: "postgresql://app@127.0.0.1:1/messenger_crm",
      SOCKET_ADAPTER: "redis",
      REDIS_URL: `rediss://${host}:${port}`,
      REDIS_AUTH: "none",
      ...(authority && { REDIS_CA_FILE: join(folder, authority) }),
    },
    { folder },
  );
  if (configuration === undefined) throw new Error("there is a Redis in the variables");
  return startTask({
    messages: new MemoryLog(),
    clusterAdapter: (log) => createClusterAdapter({ kind: "redis", redis: configuration, log }),
  });
}

it("row 50: reaches a Redis whose certificate the right authority has signed for its name", async () => {
  const task = await start("localhost", "ca.pem");
  await until(() => task.clusterAdapter.isConnected(), "it is connected");
  await task.close();
});

it.each([
  ["another authority", "localhost", "other.pem"],
  ["no authority of ours", "localhost", undefined],
  ["another name", "127.0.0.1", "ca.pem"],
])(
  "row 50: does not speak to one with a certificate of %s, and serves its own sockets",
  async (_what, host, authority) => {
    const task = await start(host, authority);
    await until(() => task.lines.join().includes("trouble with Redis"), "it tells");
    expect(task.lines.join()).toMatch(/unable to verify|self.signed|does not match certificate/);
    expect(task.clusterAdapter.isConnected()).toBe(false);
    expect((await fetch(`${task.url}/api/health`)).status).toBe(200);
    await task.close();
  },
);
