import {
  balancerAttributes,
  certificate,
  GROUPS,
  listeners,
  nowSec,
  routeTables,
  targetGroupAttributes,
} from "../healthy";
import { type Breakage, environment, groups, notFound } from "./breakage";

/** The way of a request, from a name to a task, and back out. */
export const SITE: readonly Breakage[] = [
  [
    "no rule into the load balancer",
    "security-groups",
    { answers: groups({ "sg-alb": { ...GROUPS["sg-alb"], ingress: [{ ports: [80, 80], blocks: ["0.0.0.0/0"] }] } }) },
    /^No rule admits anybody to port 443 of the load balancer crm-dev-alb/,
  ],
  [
    "no rule from the load balancer into the tasks",
    "security-groups",
    {
      answers: groups({ "sg-task": { ...GROUPS["sg-task"], ingress: [{ ports: [3001, 3001], groups: ["sg-alb"] }] } }),
    },
    /^No ingress rule of the tasks admits TCP 3000 from the load balancer/,
  ],
  [
    "no rule out of the load balancer",
    "security-groups",
    {
      answers: groups({
        "sg-alb": { ...GROUPS["sg-alb"], egress: [{ ports: [3000, 3000], blocks: ["10.9.0.0/16"] }] },
      }),
    },
    /^No egress rule of the load balancer admits TCP 3000 to the tasks/,
  ],
  [
    "no rule into the database",
    "security-groups",
    { answers: groups({ "sg-db": { ingress: [{ ports: [5432, 5432], groups: ["sg-other"] }] } }) },
    /^No ingress rule of the database admits TCP 5432 from the tasks/,
  ],
  [
    "UDP instead of TCP into the cache",
    "security-groups",
    { answers: groups({ "sg-cache": { ingress: [{ protocol: "udp", ports: [6379, 6379], groups: ["sg-task"] }] } }) },
    /^No ingress rule of the cache admits TCP 6379 from the tasks/,
  ],
  [
    "a record that leads elsewhere",
    "dns",
    { addresses: (host) => Promise.resolve(host === "crm.example.com" ? ["198.51.100.1"] : ["203.0.113.11"]) },
    /^The domain crm\.example\.com leads somewhere else than to crm-dev-alb-1/,
  ],
  [
    "no record",
    "dns",
    { addresses: (host) => Promise.resolve(host === "crm.example.com" ? [] : ["203.0.113.11"]) },
    /^The domain crm\.example\.com has no address/,
  ],
  [
    "a certificate that waits for its validation",
    "certificate",
    { answers: { DescribeCertificate: certificate({ Status: "PENDING_VALIDATION" }) } },
    /^The certificate is not issued: pending validation/,
  ],
  [
    "a certificate of another domain",
    "certificate",
    {
      answers: {
        DescribeCertificate: certificate({ DomainName: "example.com", SubjectAlternativeNames: ["*.www.example.com"] }),
      },
    },
    /^The certificate is not valid for crm\.example\.com/,
  ],
  [
    "a certificate that expires soon",
    "certificate",
    { answers: { DescribeCertificate: certificate({ NotAfter: nowSec + 10 * 86_400 }) } },
    /^The certificate expires on 2026-12-10, in 10 days/,
  ],
  [
    "a certificate that was deleted",
    "certificate",
    { answers: { DescribeCertificate: notFound() } },
    /^The certificate of the site does not exist/,
  ],
  [
    "HTTPS without a certificate",
    "certificate",
    { answers: { DescribeListeners: listeners([]) } },
    /^No listener has a certificate/,
  ],
  [
    "an origin that is not the site's",
    "origins",
    { answers: environment({ ALLOWED_ORIGINS: "https://www.crm.example.com, http://crm.example.com" }) },
    /^The tasks refuse pages of the site itself, https:\/\/crm\.example\.com/,
  ],
  [
    "a socket at another host",
    "origins",
    { answers: environment({ NEXT_PUBLIC_SOCKET_URL: "wss://old.example.com" }) },
    /^The page opens its socket at wss:\/\/old\.example\.com/,
  ],
  [
    "stickiness that is off",
    "stickiness",
    { answers: { DescribeTargetGroupAttributes: targetGroupAttributes("false") } },
    /^The target group crm-dev-app spreads the requests of one client/,
  ],
  [
    "an idle timeout below the heartbeat",
    "idle-timeout",
    { answers: { DescribeLoadBalancerAttributes: balancerAttributes(30) } },
    /^The load balancer may close an idle socket before its heartbeat: after 30 s/,
  ],
  [
    "an idle timeout above the application's keep-alive",
    "idle-timeout",
    { answers: { DescribeLoadBalancerAttributes: balancerAttributes(300) } },
    /^The application closes idle connections \(75 s\) before the load balancer does \(300 s\)/,
  ],
  [
    "no route to the internet",
    "way-out",
    { answers: { DescribeRouteTables: routeTables(undefined) } },
    /^The subnet subnet-task has no route to the internet/,
  ],
  [
    "a NAT gateway that is gone",
    "way-out",
    { answers: { DescribeRouteTables: routeTables({ natGatewayId: "nat-1", state: "blackhole" }) } },
    /^The route of the subnet subnet-task to the internet ends at something that is gone/,
  ],
  [
    "an internet gateway without public addresses",
    "way-out",
    { answers: { DescribeRouteTables: routeTables({ gatewayId: "igw-1", state: "active" }) } },
    /^Tasks in the subnet subnet-task have no public address/,
  ],
];
