import { type Fault } from "../fault";
import { type Peer } from "../../../tools/twin/network/partitions";

function taskPartition(peer: Peer, seconds: number): Fault {
  return {
    name: `partition-task-${peer}`,
    what: `packets between one task and ${peer === "balancer" ? "the load balancer" : peer} are dropped for ${seconds} s`,
    act: async (stage) => {
      const task = stage.task(0);
      await stage.twin.partition(task, peer);
      await stage.wait(seconds);
      await stage.twin.heal();
      await stage.twin.untilSteady();
    },
  };
}

function clientPartition(name: string, seconds: number): Fault {
  return {
    name,
    what: `packets between a quarter of the clients and the load balancer are dropped for ${seconds} s; clients keep writing`,
    act: async (stage) => {
      await stage.twin.partitionClients(1);
      await stage.twin.partitionClients(2);
      await stage.wait(seconds);
      await stage.twin.heal();
    },
  };
}

/** Faults of the network. Dropped packets leave connections half-open. */
export const networkFaults: readonly Fault[] = [
  taskPartition("redis", 12),
  taskPartition("database", 12),
  taskPartition("balancer", 12),
  clientPartition("partition-clients", 20),
  clientPartition("clients-offline", 60),
  {
    name: "balancer-restarted",
    what: "the load balancer is restarted three times, which cuts all connections",
    act: async (stage) => {
      for (let time = 0; time < 3; time++) {
        await stage.twin.restartBalancer();
        await stage.wait(2);
      }
    },
  },
];
