import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findProgram } from "../../programs/find-program";
import { TwinError } from "../errors";
import { type TargetHealth } from "../scheduler/commands";
import { signalGroup, spawnTied } from "../../programs/tied-process";
import { type BalancerPlan, CHECKED, FAIL_OPEN, haproxyConfig } from "./haproxy-config";
import { parseStatistics, parseWorkers, runtimeCommand, type ServerStatistics } from "./runtime-api";

export interface HaproxyOptions {
  /** Folder for configuration, log and socket. Its path must be short: a socket's path has at most 107 bytes. */
  readonly folder: string;
  readonly plan: BalancerPlan;
}

/** The balancer's view of a slot. */
export interface SlotState {
  readonly health: TargetHealth;
  /** Open connections, those of earlier configurations included. */
  readonly connections: number;
}

interface Member {
  /** The server has passed its first health check. */
  passed: boolean;
  /** The server is unhealthy and gets requests only when all are (fail open). */
  open: boolean;
  /** Time after which the last check belongs to this task and not to the slot's previous one. */
  readonly checkedFromMs: number;
}

const PROGRAM = { name: "haproxy", debianPackage: "haproxy", folders: ["/usr/sbin"] };
const START_WITHIN_MS = 10_000;
const STOP_WITHIN_MS = 2000;

/** HAProxy as stand-in for an Application Load Balancer, controlled through its runtime API. */
export class Haproxy {
  private child: ChildProcess | undefined;
  private plan: BalancerPlan;
  /** Slots with a task that is not deregistered. */
  private readonly registered = new Map<string, Member>();
  /** Slots that had a task since HAProxy was started. */
  private readonly used = new Set<string>();

  private constructor(private readonly options: HaproxyOptions) {
    this.plan = options.plan;
  }

  /** Starts HAProxy. @throws TwinError with the end of its log when it refuses the configuration */
  static async start(options: HaproxyOptions): Promise<Haproxy> {
    const balancer = new Haproxy(options);
    await balancer.launch();
    return balancer;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get logFile(): string {
    return join(this.options.folder, "balancer.log");
  }

  /** Starts health checks of a slot, which gets no request before its first success. */
  async register(slot: string): Promise<void> {
    const { intervalSec, timeoutSec } = this.plan.targetGroup.healthCheck;
    const stale = this.used.has(slot) ? (intervalSec + timeoutSec) * 1000 : 0;
    this.used.add(slot);
    this.registered.set(slot, { passed: false, open: false, checkedFromMs: performance.now() + stale });
    await this.hold(slot);
  }

  /** Sends a slot no new requests; open connections stay. */
  async deregister(slot: string): Promise<void> {
    this.registered.delete(slot);
    await this.onEachWorker(`set server ${CHECKED}/${slot} state maint`, `set server ${FAIL_OPEN}/${slot} state maint`);
  }

  async closeConnections(slot: string): Promise<void> {
    await this.onEachWorker(
      `shutdown sessions server ${CHECKED}/${slot}`,
      `shutdown sessions server ${FAIL_OPEN}/${slot}`,
    );
  }

  /** Reads the state of all slots, and enables those that have just passed their first check. */
  async readSlots(): Promise<Map<string, SlotState>> {
    const states = new Map<string, SlotState>();
    const checked = await this.statistics(CHECKED);
    const connections = await this.connections();
    for (const { name } of this.plan.slots) {
      const statistics = checked.get(name);
      const member = this.registered.get(name);
      const health = statistics && member ? await this.updateHealth(name, member, statistics) : "initial";
      states.set(name, { health, connections: connections.get(name) ?? 0 });
    }
    return states;
  }

  /** Loads new attributes, as AWS changes them in place: they apply to new connections, and open ones stay as they are. */
  async configure(plan: BalancerPlan): Promise<void> {
    this.plan = plan;
    this.write();
    const { current } = parseWorkers(await this.master("show proc"));
    await this.master("reload");
    await this.untilUp(current);
    await this.holdUnproven();
  }

  /** Restarts HAProxy, which cuts every connection, as the loss of a load balancer node does. */
  async restart(): Promise<void> {
    await this.stop("SIGKILL");
    await this.launch();
    await this.holdUnproven();
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    signalGroup(child.pid, signal);
    await Promise.race([gone, setTimeout(STOP_WITHIN_MS, undefined, { ref: false })]);
    if (signalGroup(child.pid, "SIGKILL")) await gone;
  }

  private async launch(): Promise<void> {
    this.write();
    const log = openSync(this.logFile, "a");
    const { folder } = this.options;
    const program = findProgram(PROGRAM);
    const child = spawnTied([program, "-W", "-db", "-S", this.socket, "-f", this.configFile], {
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "" },
      output: log,
    });
    closeSync(log);
    this.child = child;
    await this.untilUp(undefined);
  }

  private get socket(): string {
    return join(this.options.folder, "balancer.sock");
  }

  private get configFile(): string {
    return join(this.options.folder, "balancer.cfg");
  }

  private write(): void {
    // A server that has not passed its first check starts in maintenance, so that it gets no request before `hold`.
    const slots = this.plan.slots.map((slot) => ({
      ...slot,
      registered: this.registered.get(slot.name)?.passed ?? false,
    }));
    writeFileSync(this.configFile, haproxyConfig({ ...this.plan, slots }));
  }

  /** Waits until a worker other than `before` serves. */
  private async untilUp(before: number | undefined): Promise<void> {
    const deadline = Date.now() + START_WITHIN_MS;
    for (;;) {
      const ended = this.child?.exitCode !== null || this.child.signalCode !== null;
      if (ended || Date.now() > deadline) {
        await this.stop("SIGKILL");
        const log = readFileSync(this.logFile, "utf8").trim().split("\n").slice(-10).join("\n");
        throw new TwinError(`haproxy did not start:\n${log}`);
      }
      try {
        const { current } = parseWorkers(await this.master("show proc"));
        if (current !== undefined && current !== before && (await this.master("@1 show info")) !== "") return;
      } catch {
        // The socket does not exist yet.
      }
      await setTimeout(20);
    }
  }

  /** Holds servers again after a reload, which keeps only those enabled that have passed their first check. */
  private async holdUnproven(): Promise<void> {
    for (const [slot, member] of this.registered) {
      member.open = false;
      if (!member.passed) await this.hold(slot);
    }
  }

  /** Puts a slot into the state in which HAProxy checks it and sends it no requests. */
  private async hold(slot: string): Promise<void> {
    await this.worker(`set server ${CHECKED}/${slot} state drain`);
    await this.worker(`set server ${FAIL_OPEN}/${slot} state maint`);
  }

  private async updateHealth(
    slot: string,
    member: Member,
    { status, lastCheck }: ServerStatistics,
  ): Promise<TargetHealth> {
    const down = status.startsWith("DOWN") || status.startsWith("NOLB");
    if (down !== member.open) {
      member.open = down;
      await this.worker(`set server ${FAIL_OPEN}/${slot} state ${down ? "ready" : "maint"}`);
    }
    if (down) return "unhealthy";
    if (!member.passed && performance.now() >= member.checkedFromMs && lastCheck.startsWith("L7OK")) {
      member.passed = true;
      await this.worker(`set server ${CHECKED}/${slot} state ready`);
    }
    return member.passed ? "healthy" : "initial";
  }

  private async connections(): Promise<Map<string, number>> {
    const { current, old } = parseWorkers(await this.master("show proc"));
    const sum = new Map<string, number>();
    for (const pid of [current, ...old]) {
      for (const backend of [CHECKED, FAIL_OPEN]) {
        for (const [slot, { sessions }] of await this.statistics(backend, `@!${pid}`)) {
          sum.set(slot, (sum.get(slot) ?? 0) + sessions);
        }
      }
    }
    return sum;
  }

  /** Reads the statistics of a backend's servers (type 4). */
  private async statistics(backend: string, worker = "@1"): Promise<Map<string, ServerStatistics>> {
    return parseStatistics(await this.master(`${worker} show stat ${backend} 4 -1`));
  }

  private async onEachWorker(...commands: readonly string[]): Promise<void> {
    const { current, old } = parseWorkers(await this.master("show proc"));
    for (const pid of [current, ...old]) {
      for (const command of commands) await this.master(`@!${pid} ${command}`);
    }
  }

  private worker(command: string): Promise<string> {
    return this.master(`@1 ${command}`);
  }

  private master(command: string): Promise<string> {
    return runtimeCommand(this.socket, command);
  }
}
