import { type Demand } from "./demand";

/** One plan of a hosted service: its price in dollars a month, and its limits. */
interface Plan {
  readonly name: string;
  readonly dollars: number;
  readonly connections: number;
  /** `undefined`: no limit of this kind. */
  readonly messagesPerSec?: number;
  readonly messagesPerDay?: number;
}

/** Prices for use in addition to the plan, in dollars. */
interface Usage {
  readonly perMillionMessages: number;
  readonly perMillionConnectionMinutes: number;
  readonly perMillionChannelMinutes: number;
}

/** A hosted realtime service and its public prices. */
export interface HostedService {
  readonly name: string;
  readonly asOf: string;
  readonly source: string;
  readonly confidence: "high" | "medium" | "low";
  /** The smallest first. */
  readonly plans: readonly Plan[];
  readonly usage?: Usage;
}

/**
 * Both services count a message once when it is published and once for each receiver. Sources: Ably docs, Pricing overview; Pusher
 * support, How is my message count calculated in Channels. Both read 2026-11-24.
 */
export const HOSTED: readonly HostedService[] = [
  {
    name: "Pusher Channels",
    asOf: "2026-05-08",
    source:
      "API Evangelist's catalogue of plans, pusher-plans-pricing.yml, which names pusher.com/channels/pricing; the page itself was not read",
    confidence: "medium",
    plans: [
      { name: "Sandbox", dollars: 0, connections: 100, messagesPerDay: 200_000 },
      { name: "Startup", dollars: 49, connections: 500, messagesPerDay: 1_000_000 },
      { name: "Pro", dollars: 99, connections: 2_000, messagesPerDay: 4_000_000 },
      { name: "Business", dollars: 299, connections: 5_000, messagesPerDay: 10_000_000 },
      { name: "Premium", dollars: 499, connections: 10_000, messagesPerDay: 20_000_000 },
      { name: "Growth", dollars: 699, connections: 15_000, messagesPerDay: 40_000_000 },
      { name: "Plus", dollars: 899, connections: 20_000, messagesPerDay: 60_000_000 },
      { name: "Growth Plus", dollars: 1199, connections: 30_000, messagesPerDay: 90_000_000 },
    ],
  },
  {
    name: "Ably",
    asOf: "2026-11-24",
    source:
      "plans and their limits: ably.com/docs/platform/pricing/resource-based, a model for accounts from before Ably charged by active users; prices of use: API Evangelist's catalogue of plans, ably-plans-pricing.yml (2026-05-08), which names ably.com/pricing",
    confidence: "medium",
    plans: [
      { name: "Standard", dollars: 29, connections: 10_000, messagesPerSec: 2_500 },
      { name: "Pro", dollars: 399, connections: 50_000, messagesPerSec: 10_000 },
    ],
    usage: { perMillionMessages: 2.5, perMillionConnectionMinutes: 1, perMillionChannelMinutes: 1 },
  },
];

const SEC_PER_DAY = 86_400;
/** A month of 730 hours, as in AWS's bills. */
const MINUTES_PER_MONTH = 730 * 60;
const MILLION = 1_000_000;

/** Returns the smallest plan that fits a demand, and its monthly price; `undefined` when no plan with a public price fits. */
export function hostedPrice(
  service: HostedService,
  demand: Demand,
): { readonly plan: string; readonly dollars: number } | undefined {
  const { connections, messagesPerConnection, receiversPerMessage } = demand;
  const perSec = connections * messagesPerConnection * (1 + receiversPerMessage);
  const plan = service.plans.find(
    (candidate) =>
      candidate.connections >= connections &&
      (candidate.messagesPerSec ?? Number.POSITIVE_INFINITY) >= perSec &&
      (candidate.messagesPerDay ?? Number.POSITIVE_INFINITY) >= perSec * SEC_PER_DAY,
  );
  if (plan === undefined) return undefined;
  return { plan: plan.name, dollars: plan.dollars + usedFor(service.usage, demand, perSec) };
}

/** Returns the price of use without volume discounts, which are not public. A conversation counts as a channel that is always open. */
function usedFor(usage: Usage | undefined, { connections, receiversPerMessage }: Demand, perSec: number): number {
  if (usage === undefined) return 0;
  const messages = perSec * 60 * MINUTES_PER_MONTH;
  const connectionMinutes = connections * MINUTES_PER_MONTH;
  const channelMinutes = connectionMinutes / (1 + receiversPerMessage);
  return (
    (messages * usage.perMillionMessages +
      connectionMinutes * usage.perMillionConnectionMinutes +
      channelMinutes * usage.perMillionChannelMinutes) /
    MILLION
  );
}
