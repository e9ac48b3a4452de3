import { type Demand } from "../../../tools/capacity/demand";
import { HOSTED, hostedPrice, type HostedService } from "../../../tools/capacity/hosted";

const DEMAND: Demand = {
  connections: 1000,
  messagesPerConnection: 0.001,
  receiversPerMessage: 1,
  messageBytes: 500,
  handshakesPerConnection: 0,
  requestsPerConnection: 0,
};
const [pusher, ably] = HOSTED as [HostedService, HostedService];

describe("a hosted service's price", () => {
  it("is that of the smallest plan that holds the connections", () => {
    expect(hostedPrice(pusher, DEMAND)).toEqual({ plan: "Pro", dollars: 99 });
    expect(hostedPrice(pusher, { ...DEMAND, connections: 2000 })).toEqual({ plan: "Pro", dollars: 99 });
    expect(hostedPrice(pusher, { ...DEMAND, connections: 2001 })).toEqual({ plan: "Business", dollars: 299 });
  });

  it("is that of the smallest plan that holds the messages, one for each receiver and one for the sender", () => {
    // 1,000 x 0.025 x 2 a second are 4,320,000 a day, more than the 4,000,000 of Pro.
    expect(hostedPrice(pusher, { ...DEMAND, messagesPerConnection: 0.025 })).toEqual({
      plan: "Business",
      dollars: 299,
    });
  });

  it("includes usage prices", () => {
    // 2 messages a second for 730 hours: 5.256 million x $2.50 = $13.14. 1,000 connections for 43,800 minutes: $43.80; half as many
    // channels: $21.90. And $29 for the plan.
    expect(hostedPrice(ably, DEMAND)).toEqual({ plan: "Standard", dollars: expect.closeTo(107.84, 6) as number });
  });

  it("is unknown beyond the largest plan", () => {
    expect(hostedPrice(pusher, { ...DEMAND, connections: 30_001 })).toBeUndefined();
    expect(hostedPrice(ably, { ...DEMAND, messagesPerConnection: 10 })).toBeUndefined();
  });

  it("has a source and a date for each service, the smallest plan first", () => {
    for (const { asOf, source, plans } of HOSTED) {
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(source).toMatch(/pricing/);
      const dollars = plans.map((plan) => plan.dollars);
      expect(dollars).toEqual([...dollars].sort((a, b) => a - b));
    }
  });
});
