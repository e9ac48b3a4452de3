import { AlbWebsocket, Waf, type WafProps } from "../../modules";
import { geo } from "../../modules/waf";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const waf =
  (props: Partial<WafProps>): Build =>
  (scope, { name }) =>
    new Waf(scope, "waf", { name, ...props });

/** A load balancer that a web ACL protects, or does not. */
const protecting =
  (associated: boolean): Build =>
  (scope, surroundings) => {
    const { name, network } = surroundings;
    const alb = new AlbWebsocket(scope, "alb", { name, network, allowInsecureHttp: true, deletionProtection: false });
    waf(associated ? { associateWith: { alb: alb.loadBalancerArn } } : {})(scope, surroundings);
  };

/** Everything that is part of the web ACL itself. One case, because planning a web ACL takes the provider seconds. */
const otherRules: Partial<WafProps> = {
  monitorOnly: true,
  socketPath: "/ws/",
  forwardedIp: { headerName: "X-Forwarded-For" },
  requestRateLimit: 200,
  handshakeRateLimit: false,
  socketRateLimit: false,
  rateLimitWindowSec: 60,
  anonymousIps: "block",
  sqlInjection: false,
  countedRules: { common: ["NoUserAgent_HEADER"] },
  customRules: [{ name: "countries", statement: geo(["JP"]), action: "count", order: "before" }],
  sampledRequests: true,
};

itChanges([
  ...sweep<WafProps>("Waf", waf, {
    allowedIps: [["203.0.113.0/24"], ["203.0.113.0/24", "2001:db8::/32"]],
    logRetentionDays: [30],
  }),
  changes(
    "Waf",
    Object.keys(otherRules).join(", "),
    ["the defaults", waf({})],
    ["other values", waf(otherRules)],
    ["the defaults", waf({})],
  ),
  changes(
    "Waf",
    "logAllRequests, redactedHeaders, redactQueryString",
    ["the defaults", waf({})],
    ["other values", waf({ logAllRequests: true, redactedHeaders: ["cookie"], redactQueryString: false })],
    ["the defaults", waf({})],
  ),
  changes(
    "Waf",
    "associateWith",
    ["none", protecting(false)],
    ["a load balancer", protecting(true)],
    ["none", protecting(false)],
  ),
]);
