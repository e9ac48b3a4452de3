import * as fc from "fast-check";
import { Cdn, type CdnProps } from "../../../modules/cdn";
import { PRICE_CLASSES } from "../../../modules/cdn/props";
import { type Target } from "../target";
import { edgeProvider, withProps } from "./edge-provider";
import { spoiled } from "./spoil";
import { baseName, number, some, text, textAtApply, within } from "./values";

const arn = (literal: string) => text(fc.constant(literal));
const origin = fc.record({
  loadBalancerArn: arn(
    "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm/0123456789abcdef",
  ),
  dnsName: text(fc.constant("internal-crm-1.ap-northeast-1.elb.amazonaws.com")),
  scheme: fc.constantFrom("https", "http"),
  idleTimeoutSec: number(within(31, 4000)),
  requiredHeaderName: fc.constantFrom(undefined, undefined, "x-origin-verify"),
});

/** Generates origins with and without a required header and a VPC origin. */
const access = fc.oneof(
  fc.record({ originAccess: fc.constant("vpc-origin") }),
  fc.record({
    originAccess: fc.constant("secret-header"),
    secretHeader: fc.record({
      name: text(fc.constantFrom("x-origin-verify", "x-a")),
      value: textAtApply(fc.stringMatching(/^[a-z0-9]{32}$/)),
    }),
  }),
);

const settings = fc.record(
  {
    name: baseName,
    domainNames: some(fc.constantFrom("crm.example.com", "www.example.com.", "*.example.com"), 1, 3),
    certificateArn: arn("arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e"),
    origin,
    heartbeat: fc.record({ pingIntervalSec: within(1, 45), pingTimeoutSec: within(1, 60) }),
    socketPath: fc.constantFrom("/socket.io/", "/ws/v1/"),
    apiPaths: some(fc.constantFrom("/api/*", "/v1/?", "/trpc/*"), 0, 3),
    cachedPaths: some(fc.constantFrom("/_next/static/*", "/*.png"), 0, 2),
    readTimeoutSec: number(within(60, 180)),
    keepaliveTimeoutSec: number(within(1, 30)),
    webAclArn: arn("arn:aws:wafv2:us-east-1:123456789012:global/webacl/crm/5f9c2a1e"),
    accessLogs: fc.record({ bucketName: text(fc.constant("crm-logs-123456789012")) }),
    hstsMaxAgeSec: number(within(1, 63_072_000)),
    priceClass: fc.constantFrom(...PRICE_CLASSES),
    ipv6: fc.boolean(),
  },
  { requiredKeys: ["name", "domainNames", "certificateArn", "origin"] },
);

const props = fc.tuple(settings, access).map(([first, second]) => ({ ...first, ...second }));

export const cdn: Target = {
  name: "cdn",
  data: spoiled(props),
  build: (stack, id, data: CdnProps) => void new Cdn(stack, id, withProps(data, { provider: edgeProvider(stack) })),
};
