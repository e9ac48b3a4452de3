import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { onPath } from "../../programs/search-path";
import { TwinError } from "../errors";

const exec = promisify(execFile);

/**
 * Drops packets to and from single loopback addresses, in a chain of its own of this machine's packet filter. Connections stay
 * open on both sides and nothing arrives any more: the half-open TCP of a real partition, not the refusal of a closed port.
 */
export class PacketFilter {
  private readonly dropped = new Set<string>();
  private installed = false;

  constructor(private readonly chain: string) {}

  /** What keeps partitions from working here; `undefined` when nothing does. */
  static obstacle(): string | undefined {
    if (process.getuid?.() !== 0) return "partitions need root (iptables)";
    if (onPath("iptables", { PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` }).length === 0) {
      return "partitions need iptables (Debian package iptables)";
    }
    return undefined;
  }

  get addresses(): string[] {
    return [...this.dropped];
  }

  /** @throws TwinError without the means */
  async drop(address: string): Promise<void> {
    const obstacle = PacketFilter.obstacle();
    if (obstacle) throw new TwinError(`cannot cut ${address}: ${obstacle}.`);
    if (!this.installed) {
      await iptables("-N", this.chain);
      await iptables("-I", "OUTPUT", "-o", "lo", "-j", this.chain);
      this.installed = true;
    }
    if (this.dropped.has(address)) return;
    this.dropped.add(address);
    for (const side of ["-d", "-s"]) await iptables("-A", this.chain, side, address, "-j", "DROP");
  }

  async pass(address: string): Promise<void> {
    if (!this.dropped.delete(address)) return;
    for (const side of ["-d", "-s"]) await iptables("-D", this.chain, side, address, "-j", "DROP");
  }

  /** Nothing of it stays on the machine. */
  async remove(): Promise<void> {
    if (!this.installed) return;
    this.installed = false;
    this.dropped.clear();
    await removeChain(this.chain);
  }
}

/** Also for what a twin that was killed has left behind. */
export async function removeChain(chain: string): Promise<void> {
  if (PacketFilter.obstacle()) return;
  for (const args of [
    ["-D", "OUTPUT", "-o", "lo", "-j", chain],
    ["-F", chain],
    ["-X", chain],
  ]) {
    await iptables(...args).catch(() => undefined);
  }
}

async function iptables(...args: readonly string[]): Promise<void> {
  // Waits for the lock of the filter instead of failing when somebody else changes it.
  await exec("iptables", ["-w", "10", ...args], {
    env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` },
  });
}
