import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the CDN module reports. */
export const cdnProblems = {
  "cdn/certificate-region": {
    summary: "The distribution's certificate is not in us-east-1.",
    why: "CloudFront uses certificates of us-east-1 only, and its own error does not say so (ACM user guide, Supported Regions).",
  },
  "cdn/secret-header": {
    summary: "secretHeader is missing with originAccess secret-header, or is given with vpc-origin.",
    why: "A public load balancer without a secret header is open to every CloudFront distribution; a VPC origin needs no header.",
  },
  "cdn/required-header": {
    summary: "The distribution does not send the header that the load balancer requires.",
    why: "The load balancer would answer 403 to every request.",
  },
  "cdn/path": {
    summary: "A path is not literal or does not have the form of a path pattern.",
    why: "Cache behaviors are made from the paths at synth, and their order depends on them.",
  },
  "cdn/everything-cached": {
    summary: "Every path of the site would be cached.",
    why: "Pages depend on who is signed in, so one client's page would be served to all others.",
  },
  "cdn/keepalive-too-long": {
    summary: "CloudFront would keep idle connections as long as the load balancer does, or longer.",
    why: "The load balancer would sometimes close a connection while a request is on its way, which fails with 502.",
  },
  "cdn/heartbeat-too-slow": {
    summary: "A healthy WebSocket could be silent for longer than CloudFront allows.",
    why: "CloudFront closes a WebSocket after 600 s without traffic (CloudFront developer guide, Quotas on WebSocket connections).",
  },
  "cdn/read-timeout-too-short": {
    summary: "The read timeout is shorter than a long-polling request may wait.",
    why: "A long-polling request is silent until the next ping, and CloudFront would answer 504.",
  },
  "cdn/web-acl-scope": {
    summary: "The web ACL is not for CloudFront.",
    why: "A regional web ACL cannot be attached to a distribution, and CloudFront's own error does not say so.",
  },
} as const satisfies ProblemCatalogue;
