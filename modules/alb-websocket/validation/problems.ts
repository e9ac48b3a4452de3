import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the load balancer module reports. */
export const albWebsocketProblems = {
  "alb-websocket/reserved-name": {
    summary: "The load balancer's name begins with internal-.",
    why: "AWS reserves that prefix (ELBv2 API reference, CreateLoadBalancer).",
  },
  "alb-websocket/certificate-or-http": {
    summary: "There is neither a certificate nor allowInsecureHttp, or there are both.",
    why: "HTTPS must never be left out by accident, and with a certificate port 80 only redirects.",
  },
  "alb-websocket/no-default-certificate": {
    summary: "Additional certificates are given without certificateArn.",
    why: "An HTTPS listener needs one default certificate.",
  },
  "alb-websocket/resource-key": {
    summary: "A key of a map has characters other than lower-case letters, digits and single hyphens.",
    why: "The key becomes part of a Terraform address, which must not change later.",
  },
  "alb-websocket/heartbeat-too-slow": {
    summary: "The heartbeat does not fit into the longest idle timeout.",
    why: "The idle timeout is at most 4000 s and must be longer than ping interval, ping timeout and 15 s of head-room.",
  },
  "alb-websocket/idle-timeout-too-short": {
    summary: "The idle timeout is shorter than the longest silence of a healthy connection.",
    why: "The load balancer would close connections between two pings.",
  },
  "alb-websocket/ipv6-source": {
    summary: "IPv6 blocks may connect to a load balancer that has no IPv6 address.",
    why: "The rule would never match, and those clients could not connect.",
  },
  "alb-websocket/no-client-allowed": {
    summary: "The list of allowed blocks is empty, and no prefix list or security group is given.",
    why: "No client could connect.",
  },
  "alb-websocket/service-id": {
    summary: "A service's id is not in kebab-case or is too long.",
    why: "The target group's name, the rule's priority and Terraform addresses are derived from it.",
  },
  "alb-websocket/service-id-taken": {
    summary: "Two services have the same id.",
    why: "They would share Terraform addresses and the target group's name.",
  },
  "alb-websocket/keep-alive-too-short": {
    summary: "The app's keep-alive timeout is not longer than the load balancer's idle timeout.",
    why: "The app would sometimes close a connection while a request is on its way, which fails with 502.",
  },
  "alb-websocket/health-check-overlap": {
    summary: "A health check can take as long as its interval or longer.",
    why: "AWS refuses it at apply.",
  },
  "alb-websocket/transports": {
    summary: "The list of transports is empty or names an unknown one.",
    why: "Stickiness and the deregistration delay depend on what the Socket.IO server allows.",
  },
  "alb-websocket/stickiness-with-polling": {
    summary: "Stickiness is off although clients may use long-polling.",
    why: "Requests of one session would reach different tasks, which answer 400 Session ID unknown (Socket.IO documentation, Using multiple nodes).",
  },
  "alb-websocket/deregistration-delay-too-short": {
    summary: "The deregistration delay is shorter than a request may take.",
    why: "Requests in flight, long-polling requests above all, would be cut off at each deployment.",
  },
  "alb-websocket/slow-start-algorithm": {
    summary: "Slow start is combined with least_outstanding_requests.",
    why: "AWS does not allow the combination, and the provider reports it only at apply.",
  },
  "alb-websocket/too-many-conditions": {
    summary: "A rule has more condition values than AWS allows.",
    why: "Hosts, paths and header values of one rule are at most 5 together (ALB user guide, Quotas).",
  },
  "alb-websocket/too-many-wildcards": {
    summary: "A rule has more wildcards than AWS allows.",
    why: "Hosts and paths of one rule hold at most 6 of * and ? together, and the quota cannot be raised (ALB user guide, Quotas).",
  },
  "alb-websocket/two-default-services": {
    summary: "Two services have neither hosts nor paths.",
    why: "Only one can receive the requests that no rule matches.",
  },
  "alb-websocket/default-service-priority": {
    summary: "The default service has a priority.",
    why: "It receives what no rule matches, so it has no place in the order.",
  },
  "alb-websocket/priority-taken": {
    summary: "Two services have the same priority.",
    why: "AWS refuses a second rule with the same priority.",
  },
  "alb-websocket/overlapping-routes": {
    summary: "One request could match two services, and one of them has no priority.",
    why: "The order of the rules decides which service receives the request, so it must be explicit.",
  },
} as const satisfies ProblemCatalogue;
