import { addressed, referencesOf } from "../helpers/transitions/references";
import { type Template } from "../helpers/template";
import { type Order } from "./lifecycle-table";

/** Orders by module folder and resource type. */
export type Orders = Readonly<Record<string, Readonly<Record<string, Order>>>>;

/** Strongest first: a type has the order of its resource that is most. */
const RANK: readonly Order[] = ["new first", "inherited", "old first"];

/** Reads from synthesized JSON in which order Terraform replaces each type of resource. @throws Error when resources of one type differ in what the module sets */
export function ordersOf({ json }: Template): Orders {
  const blocks = addressed(json);
  const first = new Set([...blocks].filter(([, block]) => createsFirst(block)).map(([address]) => address));
  const inherited = new Set([...first].flatMap((address) => [...dependenciesOf(address, blocks)]));
  const orders: Record<string, Record<string, Order>> = {};
  for (const [address, block] of blocks) {
    const module = block["//"]?.metadata?.path?.split("/")[1] ?? "";
    const type = address.split(".")[0]!;
    const order = first.has(address) ? "new first" : inherited.has(address) ? "inherited" : "old first";
    const known = orders[module]?.[type];
    orders[module] = { ...orders[module], [type]: known === undefined ? order : stronger(known, order) };
  }
  return orders;
}

function createsFirst(block: Readonly<Record<string, unknown>>): boolean {
  return (block["lifecycle"] as { create_before_destroy?: boolean } | undefined)?.create_before_destroy === true;
}

function stronger(a: Order, b: Order): Order {
  return RANK.indexOf(a) < RANK.indexOf(b) ? a : b;
}

/** Terraform creates first also what a resource that is created first depends on, however far away. Source: Terraform, "The lifecycle Meta-Argument". */
function dependenciesOf(
  address: string,
  blocks: ReturnType<typeof addressed>,
  seen = new Set<string>(),
): ReadonlySet<string> {
  for (const used of referencesOf(blocks.get(address)!)) {
    if (!blocks.has(used) || seen.has(used)) continue;
    seen.add(used);
    dependenciesOf(used, blocks, seen);
  }
  return seen;
}
