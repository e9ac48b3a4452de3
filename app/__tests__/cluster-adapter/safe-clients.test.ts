import { SafePublisher } from "../../server/cluster-adapter/safe-publisher";
import { SafeSubscriber, type SubscribeCommands } from "../../server/cluster-adapter/safe-subscriber";
import { createLog } from "../../server/operations/log";
import { until } from "../helpers/task";

const log = createLog({ level: "silent", service: "s" });
const never = (): Promise<never> => new Promise(() => undefined);

describe("the publisher", () => {
  it.each([
    ["rejects", () => Promise.reject(new Error("Socket closed unexpectedly"))],
    [
      "throws",
      () => {
        throw new Error("The client is closed");
      },
    ],
  ])("row 36: counts a publish that %s, and never rejects itself", async (_how, publish: () => Promise<never>) => {
    let failed = 0;
    const publisher = new SafePublisher({ publish, sPublish: publish }, () => (failed += 1));
    await expect(publisher.publish("c", "m")).resolves.toBe(0);
    await expect(publisher.sPublish("c", "m")).resolves.toBe(0);
    await until(() => failed === 2, "both were counted");
  });

  it("neither blocks callers nor exceeds its memory limit while Redis hangs", async () => {
    let [published, failed] = [0, 0];
    const hang = () => {
      published += 1;
      return never();
    };
    const publisher = new SafePublisher({ publish: hang, sPublish: hang }, () => (failed += 1));
    const megabyte = Buffer.alloc(1024 * 1024);
    for (let i = 0; i < 20; i++) await publisher.publish("c", megabyte);
    expect([published, failed]).toEqual([8, 12]);
  });
});

describe("the subscriber", () => {
  it("row 37: retries until a subscription succeeds", async () => {
    let tries = 0;
    const flaky = () => (++tries < 3 ? Promise.reject(new Error("lost")) : Promise.resolve());
    const subscriber = new SafeSubscriber(log);
    subscriber.use({ subscribe: flaky, pSubscribe: flaky, sSubscribe: flaky });
    subscriber.subscribe("c", () => undefined);
    expect(subscriber.isComplete).toBe(false);
    await until(() => subscriber.isComplete, "it stands");
    expect(tries).toBe(3);
  });

  it("catches the errors of listeners", () => {
    const given: ((message: Buffer, channel: Buffer) => unknown)[] = [];
    const take: SubscribeCommands["subscribe"] = (_channels, listener) => Promise.resolve(void given.push(listener));
    const subscriber = new SafeSubscriber(log);
    subscriber.use({ subscribe: take, pSubscribe: take, sSubscribe: take });
    subscriber.subscribe("c", () => {
      throw new Error("malformed");
    });
    subscriber.subscribe("c", () => Promise.reject(new Error("malformed")));
    for (const listener of given) expect(() => listener(Buffer.of(), Buffer.of())).not.toThrow();
    expect(given).toHaveLength(2);
  });

  it("moves all subscriptions to a new client", async () => {
    const asked: string[] = [];
    const client = (name: string): SubscribeCommands => {
      const take: SubscribeCommands["subscribe"] = (channels) =>
        Promise.resolve(void asked.push(`${name} ${String(channels)}`));
      return { subscribe: take, pSubscribe: take, sSubscribe: take };
    };
    const subscriber = new SafeSubscriber(log);
    subscriber.use(client("first"));
    subscriber.sSubscribe("a", () => undefined);
    subscriber.sSubscribe("b", () => undefined);
    subscriber.use(client("second"));
    await until(() => subscriber.isComplete, "both stand");
    expect(asked).toEqual(["first a", "first b", "second a", "second b"]);
  });
});
