import { type IncomingMessage, ServerResponse } from "node:http";
import { FairPages } from "../../server/pages/fair-pages";
import { type Pages } from "../../server/pages/pages";

/** Pages that each take some time, and how many of one address were served at the same time at most. */
class SlowPages implements Pages {
  readonly served: string[] = [];
  readonly running = new Map<string, number>();
  most = 0;

  constructor(private readonly ms: number) {}

  async handle(_request: IncomingMessage, response: ServerResponse, address: string): Promise<void> {
    const running = (this.running.get(address) ?? 0) + 1;
    this.running.set(address, running);
    this.most = Math.max(this.most, running);
    await new Promise((resolve) => setTimeout(resolve, this.ms));
    this.running.set(address, running - 1);
    this.served.push(address);
    response.end("page");
  }

  upgrade(): boolean {
    return false;
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function request(): { request: IncomingMessage; response: ServerResponse } {
  const incoming = { method: "GET", url: "/", headers: {} } as unknown as IncomingMessage;
  return { request: incoming, response: new ServerResponse(incoming) };
}

const ask = (pages: Pages, address: string) => {
  const { request: incoming, response } = request();
  return { response, done: pages.handle(incoming, response, address) };
};

it("serves one page of an address at a time, and another address at once", async () => {
  const slow = new SlowPages(5);
  const pages = new FairPages(slow);
  const greedy = Array.from({ length: 8 }, () => ask(pages, "greedy").done);
  await ask(pages, "modest").done;
  expect(slow.served.filter((address) => address === "greedy").length).toBeLessThanOrEqual(2);
  await Promise.all(greedy);
  expect(slow.most).toBe(1);
});

it("answers 429 when too many of one address wait", async () => {
  const pages = new FairPages(new SlowPages(5), 2);
  const asked = Array.from({ length: 5 }, () => ask(pages, "greedy"));
  expect(asked.map(({ response }) => response.statusCode)).toEqual([200, 200, 200, 429, 429]);
  await Promise.all(asked.map(({ done }) => done));
  expect((await servedAfter(pages)).statusCode).toBe(200);
});

it("leaves out a request whose client has gone while it waited", async () => {
  const slow = new SlowPages(5);
  const pages = new FairPages(slow);
  const first = ask(pages, "a");
  const gone = ask(pages, "a");
  gone.response.destroy();
  await Promise.all([first.done, gone.done]);
  expect(slow.served).toEqual(["a"]);
});

it("passes on the error of a page, and serves the next one", async () => {
  const failing: Pages = {
    handle: () => Promise.reject(new Error("no page")),
    upgrade: () => false,
    close: () => Promise.resolve(),
  };
  const pages = new FairPages(failing);
  await expect(ask(pages, "a").done).rejects.toThrow("no page");
  await expect(ask(pages, "a").done).rejects.toThrow("no page");
});

it("lets a page that does not end hold up its address for a second only", async () => {
  let requests = 0;
  const pages = new FairPages({
    handle: () => (requests++ === 0 ? new Promise(() => undefined) : Promise.resolve()),
    upgrade: () => false,
    close: () => Promise.resolve(),
  });
  void ask(pages, "a").done;
  await ask(pages, "a").done;
});

async function servedAfter(pages: Pages): Promise<ServerResponse> {
  const { response, done } = ask(pages, "greedy");
  await done;
  return response;
}
