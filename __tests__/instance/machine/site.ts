import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contract } from "../../../app/contract";
import { Haproxy } from "../../../tools/twin/balancer/haproxy";
import { type BalancerPlan } from "../../../tools/twin/balancer/haproxy-config";
import { type Twin } from "../../../tools/twin/twin";
import { scaledMs } from "../../helpers/time-limits";
import { type Ground } from "./ground";
import { Instance } from "./instance";

/** Instances that one site can have in its life; each has a port of its own. */
const SLOTS = 8;
const LOOK_EVERY_MS = 250;

/** The instances of one group behind a load balancer (HAProxy, as in the twin). */
export class Site {
  private readonly folder = mkdtempSync(join(tmpdir(), "site-"));
  private readonly instances = new Map<string, Instance>();
  private balancer: Haproxy | undefined;
  private looking: NodeJS.Timeout | undefined;

  private constructor(
    private readonly ground: Ground,
    private readonly firstEntrancePort: number,
  ) {}

  static async open(ground: Ground, firstEntrancePort: number): Promise<Site> {
    const site = new Site(ground, firstEntrancePort);
    site.balancer = await Haproxy.start({ folder: site.folder, plan: planOf(ground.sitePort, firstEntrancePort) });
    // A server that passes its first check is enabled when its state is read.
    site.looking = setInterval(() => void site.balancer?.readSlots().catch(() => undefined), LOOK_EVERY_MS);
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${this.ground.sitePort}`;
  }

  /** What the fault tests' clients and audit use of a twin. */
  get asTwin(): Twin {
    const { postgres } = this.ground;
    const topology = { database: { name: contract.database.name } };
    return { url: this.url, clientUrls: [this.url], database: postgres, topology } as unknown as Twin;
  }

  /** Boots an instance and registers it, as the group does. @throws Error with the boot's output when it fails */
  async launch(): Promise<Instance> {
    const number = this.instances.size;
    const instance = await Instance.start(this.ground, { entrancePort: this.firstEntrancePort + number });
    this.instances.set(slotName(number), instance);
    const { code, output } = await instance.machine.boot();
    if (code !== 0) throw new Error(`the boot exited with ${code}:\n${output}`);
    await this.balancer?.register(slotName(number));
    await this.until(async () => (await this.balancer?.readSlots())?.get(slotName(number))?.health === "healthy");
    return instance;
  }

  /** Does what the group does when it ends an instance: deregisters it, and announces the end in its metadata. */
  async terminate(instance: Instance): Promise<void> {
    await this.balancer?.deregister(this.slotOf(instance));
    instance.aws.metadata.set("autoscaling/target-lifecycle-state", "Terminated");
  }

  async until(condition: () => boolean | Promise<boolean>, withinMs = 120_000): Promise<void> {
    const end = performance.now() + scaledMs(withinMs);
    while (!(await condition())) {
      if (performance.now() > end) throw new Error(`not within ${withinMs / 1000} s: ${String(condition)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async close(): Promise<void> {
    clearInterval(this.looking);
    await this.balancer?.stop("SIGKILL");
    await Promise.all([...this.instances.values()].map((instance) => instance.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private slotOf(instance: Instance): string {
    const [slot = ""] = [...this.instances].find(([, each]) => each === instance) ?? [];
    return slot;
  }
}

function slotName(number: number): string {
  return `slot-${number}`;
}

function planOf(port: number, firstEntrancePort: number): BalancerPlan {
  return {
    loadBalancer: {
      dnsName: "localhost",
      protocol: "HTTP",
      port,
      idleTimeoutSec: 60,
      clientKeepAliveSec: 3600,
      xffHeaderProcessingMode: "append",
    },
    targetGroup: {
      deregistrationDelaySec: 30,
      algorithm: "least_outstanding_requests",
      slowStartSec: 0,
      stickiness: { kind: "lb_cookie", durationSec: 3600 },
      healthCheck: {
        path: contract.container.health.path,
        intervalSec: 2,
        timeoutSec: 2,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
        matcher: "200",
      },
    },
    addresses: ["127.0.0.1"],
    port,
    slots: Array.from({ length: SLOTS }, (_, number) => ({
      name: slotName(number),
      address: "127.0.0.1",
      port: firstEntrancePort + number,
      cookie: `cookie-of-${number}`,
      registered: false,
    })),
    maxConnections: 2000,
  };
}
