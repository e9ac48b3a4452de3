import { type Account } from "../account/account";
import { type DataStore } from "../account/data-store";
import { DoesNotApply, ifApplicable } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";
import {
  admitsAnybody,
  closedSides,
  describeRule,
  type Endpoint,
  type Path,
  type SecurityGroup,
} from "../network/rules";

interface Facts {
  readonly paths: readonly Path[];
  /** The load balancers' groups, and the ports that clients connect to. */
  readonly entrances: readonly {
    readonly name: string;
    readonly groups: readonly SecurityGroup[];
    readonly ports: readonly number[];
  }[];
}

/** Security groups on the way: clients, load balancer, tasks, database and cache. */
export const securityGroups = defineCheck({
  name: "security-groups",
  expects: "both ends of every connection admit it: load balancer to tasks, tasks to database and cache",
  read,
  judge: ({ paths, entrances }) => [
    ...entrances.flatMap(({ name, groups, ports }) =>
      ports.filter((port) => !admitsAnybody(groups, port)).map((port) => closedEntrance(name, groups, port)),
    ),
    ...paths.flatMap((path) => closedSides(path).map((side) => closedPath(path, side))),
  ],
});

async function read(account: Account): Promise<Facts> {
  const { port } = await account.running();
  const tasks: Endpoint = {
    name: "the tasks",
    groups: await account.taskSecurityGroups(),
    blocks: (await account.taskSubnets()).map(({ block }) => block),
  };
  const balancers = (await ifApplicable(account.balancers())) ?? [];
  const ends = await Promise.all(
    balancers.map(async (balancer) => ({
      balancer,
      end: await endpoint(account, "the load balancer", balancer),
    })),
  );
  const stores = [
    await store(account, "the database", await ifApplicable(account.databaseUrl()), () => account.database()),
    await store(account, "the cache", await ifApplicable(account.cacheUrl()), () => account.cache()),
  ].flatMap((found) => found ?? []);
  if (ends.length + stores.length === 0) throw new DoesNotApply("the tasks have no load balancer, database or cache");
  return {
    entrances: ends.map(({ balancer, end }) => ({
      name: balancer.name,
      groups: end.groups,
      ports: balancer.listeners.map((listener) => listener.port),
    })),
    paths: [
      ...ends.map(({ end }) => ({ from: end, to: tasks, port })),
      ...stores.map(({ end, port: storePort }) => ({ from: tasks, to: end, port: storePort })),
    ],
  };
}

async function endpoint(
  account: Account,
  name: string,
  { securityGroupIds, subnetIds }: Pick<DataStore, "securityGroupIds" | "subnetIds">,
): Promise<Endpoint> {
  return {
    name,
    groups: await account.securityGroups(securityGroupIds),
    blocks: (await account.subnets(subnetIds)).map(({ block }) => block),
  };
}

async function store(
  account: Account,
  name: string,
  url: { readonly port: number } | undefined,
  find: () => Promise<DataStore | undefined>,
) {
  const found = url === undefined ? undefined : await find();
  return url === undefined || found === undefined
    ? undefined
    : { port: url.port, end: await endpoint(account, name, found) };
}

function closedPath({ from, to, port }: Path, side: "egress" | "ingress"): Problem {
  const [closed, other, word] = side === "egress" ? [from, to, "to"] : [to, from, "from"];
  const rules = closed.groups.flatMap((group) => group[side]).map(describeRule);
  return {
    severity: "error",
    what: `No ${side} rule of ${closed.name} admits TCP ${port} ${word} ${other.name}.`,
    evidence: `${names(closed)}: ${rules.join("; ") || "no rules"}; ${word} ${names(other)} in ${other.blocks.join(", ") || "no known subnet"}`,
    impact: `${capitalized(from.name)} cannot connect to ${to.name}: connections hang until they time out.`,
    remedy: `Run \`make deploy\`, which creates the missing rule. At once: aws ec2 authorize-security-group-${side} --group-id ${closed.groups[0]?.id} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=${port},UserIdGroupPairs=[{GroupId=${other.groups[0]?.id}}]`,
  };
}

function closedEntrance(name: string, groups: readonly SecurityGroup[], port: number): Problem {
  return {
    severity: "error",
    what: `No rule admits anybody to port ${port} of the load balancer ${name}, which listens there.`,
    evidence: groups
      .map(({ id, ingress }) => `${id}: ${ingress.map(describeRule).join("; ") || "no rules"}`)
      .join("; "),
    impact: "Clients cannot connect: the site does not load, and browsers wait.",
    remedy: "Run `make deploy`, which creates the rule.",
  };
}

function names({ groups }: Endpoint): string {
  return groups.map(({ id, name }) => `${id} (${name})`).join(", ");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
