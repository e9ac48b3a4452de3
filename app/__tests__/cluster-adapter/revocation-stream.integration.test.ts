import { createClient } from "redis";
import { clientOptions } from "../../server/cluster-adapter/client-options";
import { RevocationStream } from "../../server/cluster-adapter/revocation-stream";
import { type RedisConfiguration } from "../../server/configuration";
import { type Revocation, REVOCATION_MS } from "../../server/realtime/revocations";
import { createLog } from "../../server/operations/log";
import { RedisServer } from "../helpers/redis";
import { until } from "../helpers/task";

const INTERVAL_MS = 50;
const log = createLog({ level: "silent", service: "test" });
const closers: (() => void)[] = [];
let redis: RedisServer;

beforeAll(async () => (redis = await RedisServer.start()));
afterEach(() => closers.splice(0).forEach((close) => close()));
afterAll(() => redis.close());

/** The stream of one task, and what it has heard. */
async function open(): Promise<{ stream: RevocationStream; heard: Revocation[] }> {
  const configuration: RedisConfiguration = {
    host: "127.0.0.1",
    port: redis.port,
    tls: false,
    user: undefined,
    auth: { kind: "none", password: undefined },
  };
  const client = createClient(clientOptions(configuration));
  client.on("error", () => undefined);
  await client.connect();
  const stream = new RevocationStream(client, log, INTERVAL_MS);
  const heard: Revocation[] = [];
  stream.listen((revocation) => heard.push(revocation));
  closers.push(() => {
    stream.stop();
    client.destroy();
  });
  await until(() => stream.isCurrent(), "the stream was read");
  return { stream, heard };
}

const revocation = (id: string): Revocation => ({ reason: "signed-out", id, until: Date.now() + REVOCATION_MS });
const ids = (heard: readonly Revocation[]) => new Set(heard.map(({ id }) => id));

it("reaches every task, also one that starts later", async () => {
  const [one, two] = [await open(), await open()];
  one.stream.publish(revocation("a"));
  two.stream.publish(revocation("b"));
  await until(() => ids(one.heard).has("b") && ids(two.heard).has("a"), "both have heard both");
  const late = await open();
  expect(ids(late.heard)).toEqual(new Set(["a", "b"]));
});

it("is not current while Redis is away, and then passes on what was published meanwhile or lost by Redis", async () => {
  const [one, two] = [await open(), await open()];
  one.stream.publish(revocation("before"));
  await until(() => ids(two.heard).has("before"), "it has arrived");
  await redis.kill();
  await until(() => !one.stream.isCurrent() && !two.stream.isCurrent(), "both have noticed");
  one.stream.publish(revocation("meanwhile"));
  await redis.start();
  await until(() => ids(two.heard).has("meanwhile"), "it arrives afterwards");
  await until(() => one.stream.isCurrent() && two.stream.isCurrent(), "both are current again");
  // This Redis keeps nothing on its disk; the task that published it has repeated it.
  expect(ids((await open()).heard)).toContain("before");
});

it("is read to its end however long it is, and does not outlive the tickets", async () => {
  const one = await open();
  const admin = await createClient({ url: redis.url }).connect();
  closers.push(() => admin.destroy());
  await Promise.all(
    Array.from({ length: 2500 }, (_, n) =>
      admin.xAdd("messenger-crm:revocations", "*", { ...revocation(`n${n}`), until: String(Date.now() + 1000) }),
    ),
  );
  await admin.xAdd("messenger-crm:revocations", "*", { reason: "nonsense" });
  await until(() => ids(one.heard).has("n2499"), "everything is read");
  one.stream.publish(revocation("last"));
  await until(() => ids(one.heard).has("last"), "what is not understood is skipped");
  expect(await admin.pTTL("messenger-crm:revocations")).toBeLessThanOrEqual(REVOCATION_MS);
  expect(await admin.pTTL("messenger-crm:revocations")).toBeGreaterThan(0);
});
