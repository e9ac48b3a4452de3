import { TwinError } from "../errors";
import { type Peer } from "../network/partitions";
import { type TwinStatus } from "../status/status";
import { type Twin } from "../twin";

/** The running twin that commands act on. */
export interface Controlled {
  readonly twin: Twin;
  /** Reads the applied stack again and deploys it, from the same or another build or image. */
  readonly redeploy: (options: { readonly other?: string; readonly force: boolean }) => Promise<void>;
  /** Ends the twin and its process. */
  readonly end: () => void;
}

interface TwinCommand {
  readonly usage: string;
  readonly meaning: string;
  /** Returns what to print. */
  readonly run: (controlled: Controlled, args: readonly string[]) => unknown;
}

const SERVER_ACTIONS = ["stop", "start", "kill", "pause", "resume"] as const;

/** The commands to a running twin, by name. */
export const COMMANDS: Readonly<Record<string, TwinCommand>> = {
  status: {
    usage: "status",
    meaning: "Show tasks, deployments, servers and the last events",
    run: ({ twin }) => twin.status(),
  },
  scale: {
    usage: "scale <count>",
    meaning: "Change the number of tasks",
    run: ({ twin }, [count]) => {
      twin.scale(Number(count ?? Number.NaN));
      return `scaling to ${count} tasks`;
    },
  },
  deploy: {
    usage: "deploy [--force] [build or image]",
    meaning: "Deploy what `make up` has applied since, or another build; --force deploys again without a change",
    run: async ({ redeploy }, args) => {
      const [other] = args.filter((arg) => !arg.startsWith("--"));
      await redeploy({ other, force: args.includes("--force") });
      return "deployment started; see status";
    },
  },
  kill: {
    usage: "kill <task> [signal]",
    meaning: "End a task's processes, as if its machine had failed",
    run: ({ twin }, [task, signal]) => {
      twin.kill(required(task, "kill <task>"), (signal ?? "SIGKILL") as NodeJS.Signals);
      return `${task} is killed`;
    },
  },
  "stop-task": {
    usage: "stop-task <task>",
    meaning: "Stop a task as `aws ecs stop-task` does, drain and all",
    run: ({ twin }, [task]) => {
      twin.stopTask(required(task, "stop-task <task>"));
      return `${task} is stopping`;
    },
  },
  "restart-processes": {
    usage: "restart-processes <instance>",
    meaning: "Restart an instance's processes one after the other, as a rotated secret does",
    run: ({ twin }, [instance]) => {
      twin.instances.restartProcesses(required(instance, "restart-processes <instance>"));
      return `${instance} restarts its processes`;
    },
  },
  "spot-notice": {
    usage: "spot-notice <instance>",
    meaning: "Announce that EC2 takes a Spot instance back in two minutes",
    run: ({ twin }, [instance]) => {
      twin.instances.interrupt(required(instance, "spot-notice <instance>"));
      return `${instance} has two minutes`;
    },
  },
  partition: {
    usage: "partition <task> <redis|database|balancer> | partition clients <path>",
    meaning: "Drop all packets between the two; connections stay half-open",
    run: async ({ twin }, [who, peer]) => {
      if (who === "clients") await twin.partitionClients(Number(peer));
      else
        await twin.partition(
          required(who, "partition <task> <peer>"),
          required(peer, "partition <task> <peer>") as Peer,
        );
      return who === "clients" ? `clients of path ${peer} are cut off` : `${who} is cut off from ${peer}`;
    },
  },
  heal: {
    usage: "heal [task [peer]]",
    meaning: "End partitions of a task and a peer, of a task, or all of them",
    run: async ({ twin }, [task, peer]) => {
      await twin.heal(task, peer as Peer | undefined);
      return "connected again";
    },
  },
  server: {
    usage: `server <redis|database> <${SERVER_ACTIONS.join("|")}> | server balancer restart`,
    meaning: "Stop, start, kill, pause or resume a server; restart the balancer",
    run: async ({ twin }, [server, action]) => {
      await failServer(twin, server, action);
      return `${server}: ${action}`;
    },
  },
  stop: {
    usage: "stop",
    meaning: "Stop the twin and everything that it started",
    run: ({ end }) => {
      end();
      return "stopping";
    },
  },
};

/** Runs a command. @throws TwinError for an unknown command or a missing argument */
export async function runCommand(controlled: Controlled, name: string, args: readonly string[]): Promise<unknown> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined)
    throw new TwinError(`no such command: ${name}. Commands: ${Object.keys(COMMANDS).join(", ")}.`);
  return await command.run(controlled, args);
}

async function failServer(twin: Twin, server: string | undefined, action: string | undefined): Promise<void> {
  if (server === "balancer" && action === "restart") return twin.restartBalancer();
  const known = SERVER_ACTIONS.find((candidate) => candidate === action);
  if ((server !== "redis" && server !== "database") || known === undefined) {
    throw new TwinError(`usage: ${COMMANDS["server"]!.usage}`);
  }
  await twin[server][known]();
}

function required(argument: string | undefined, usage: string): string {
  if (argument === undefined) throw new TwinError(`usage: ${usage}`);
  return argument;
}

export function isStatus(answer: unknown): answer is TwinStatus {
  return typeof answer === "object" && answer !== null && "tasks" in answer;
}
