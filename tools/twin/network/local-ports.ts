import { type Topology } from "../topology/topology";
import { type AddressBlock } from "./address-block";

/** The ports of a task or an instance on this machine: as applied, unless one is in use. */
export class LocalPorts {
  private constructor(
    private readonly ports: ReadonlyMap<number, number>,
    /** Of the load balancer's target. */
    readonly target: number,
  ) {}

  /** @param otherwise returns a free port */
  static async choose(
    { service, task }: Topology,
    addresses: AddressBlock,
    otherwise: () => Promise<number>,
  ): Promise<LocalPorts> {
    const own = task.containers.flatMap(({ environment }) => Number(environment["PORT"]) || []);
    const ports = new Map<number, number>();
    for (const port of new Set([service.containerPort, ...own])) {
      ports.set(port, await addresses.portOfTasks(port, otherwise));
    }
    return new LocalPorts(ports, ports.get(service.containerPort)!);
  }

  /** Returns the port for an applied one. One that was applied later is the target's, because the balancer keeps sending to that. */
  of(applied: number): number {
    return this.ports.get(applied) ?? this.target;
  }
}
