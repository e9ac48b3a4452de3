import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { onPath } from "../../programs/search-path";
import { TwinError } from "../errors";

const exec = promisify(execFile);

/**
 * Drops packets to and from single loopback addresses, in an iptables chain of its own. Connections stay open on both sides and
 * nothing arrives: the half-open TCP connections of a real partition, not the refusal of a closed port.
 */
export class PacketFilter {
  private readonly dropped = new Set<string>();
  private installed = false;

  constructor(private readonly chain: string) {}

  /** Returns why partitions do not work on this machine; `undefined` when they do. */
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

  /** Drops all packets to and from an address. @throws TwinError without root or iptables */
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

  /** Removes the chain and its rules. */
  async remove(): Promise<void> {
    if (!this.installed) return;
    this.installed = false;
    this.dropped.clear();
    await removeChain(this.chain);
  }
}

/** Removes a chain, also one that a killed twin has left behind. */
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
  // -w waits for the lock of iptables instead of failing while another process changes it.
  await exec("iptables", ["-w", "10", ...args], {
    env: { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin` },
  });
}
