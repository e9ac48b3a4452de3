import { TwinError } from "../errors";
import { type AddressBlock, CLIENT_PATHS } from "./address-block";
import { type PacketFilter } from "./packet-filter";

/** What a task can be cut off from. */
export const PEERS = ["redis", "database", "balancer"] as const;
export type Peer = (typeof PEERS)[number];

/** Partitions between tasks, their peers and clients. */
export class Partitions {
  constructor(
    private readonly addresses: AddressBlock,
    private readonly filter: PacketFilter,
  ) {}

  /** Cuts the connection between a task and one of its peers. */
  async cutTask(slot: number, peer: Peer): Promise<void> {
    await this.filter.drop(this.addressOf(slot, peer));
  }

  async healTask(slot: number, peers: readonly Peer[] = PEERS): Promise<void> {
    for (const peer of peers) await this.filter.pass(this.addressOf(slot, peer));
  }

  cutFrom(slot: number): Peer[] {
    return PEERS.filter((peer) => this.filter.addresses.includes(this.addressOf(slot, peer)));
  }

  /** Cuts off the clients that connected to one of the balancer's addresses. @param path 1 to CLIENT_PATHS */
  async cutClients(path: number): Promise<void> {
    await this.filter.drop(this.clientAddress(path));
  }

  async healClients(path: number): Promise<void> {
    await this.filter.pass(this.clientAddress(path));
  }

  async healAll(): Promise<void> {
    for (const address of this.filter.addresses) await this.filter.pass(address);
  }

  private clientAddress(path: number): string {
    if (!Number.isInteger(path) || path < 1 || path > CLIENT_PATHS) {
      throw new TwinError(`client path: expected 1 to ${CLIENT_PATHS}, got ${path}.`);
    }
    return this.addresses.client(path);
  }

  private addressOf(slot: number, peer: Peer): string {
    switch (peer) {
      case "redis":
        return this.addresses.redis(slot);
      case "database":
        return this.addresses.database(slot);
      case "balancer":
        return this.addresses.task(slot);
    }
  }
}
