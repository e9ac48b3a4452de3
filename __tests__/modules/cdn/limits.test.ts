import { Token } from "cdktf";
import { Cdn } from "../../../modules/cdn";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { minimal, origin } from "./fixture";

const later = Token.asNumber({ resolve: () => 1, creationStack: [] });

it.each<[string, object, string[]]>([
  [
    "a name in capitals",
    { name: "CRM" },
    [
      'name: expected lower-case letters, digits and single hyphens, at most 40, beginning with a letter, got "CRM". Use a literal such as "messenger-crm-prod".',
    ],
  ],
  [
    "no names at all",
    { domainNames: undefined },
    ["domainNames: expected a value, got nothing. Pass the site's name, such as crm.example.com."],
  ],
  [
    "one malformed name among others",
    { domainNames: ["crm.example.com", "http://x"] },
    [
      'domainNames: expected a literal domain name in lower case with no scheme, such as crm.example.com, got "http://x". Leave out the scheme, the port and the path.',
    ],
  ],
  [
    "a certificate that is not an ARN",
    { certificateArn: "certificate" },
    [
      'certificateArn: expected the ARN of an ACM certificate, arn:…:acm:<region>:<account>:certificate/<id>, got "certificate". Request one from ACM in us-east-1, whatever the stack\'s region.',
    ],
  ],
  [
    "a load balancer by its name",
    { origin: { ...origin, loadBalancerArn: "crm-alb" } },
    [
      'origin.loadBalancerArn: expected the ARN of an Application or Network Load Balancer, arn:…:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>, got "crm-alb". Pass an AlbWebsocket, or the same fields of another load balancer.',
    ],
  ],
  [
    "an idle timeout of hours",
    { origin: { ...origin, idleTimeoutSec: 4001 } },
    [
      "origin.idleTimeoutSec: expected a whole number from 1 to 4000 seconds, got 4001. Pass an AlbWebsocket, or the same fields of another load balancer.",
    ],
  ],
  [
    "a socket path with something before it",
    { socketPath: "x/socket.io/" },
    [
      'socketPath: expected a literal path with a slash at both ends, such as /socket.io/, got "x/socket.io/". It is the path of the Socket.IO server.',
    ],
  ],
  [
    "a socket path with something after it",
    { socketPath: "/socket.io/?x" },
    [
      'socketPath: expected a literal path with a slash at both ends, such as /socket.io/, got "/socket.io/?x". It is the path of the Socket.IO server.',
    ],
  ],
  [
    "a socket path that is a number",
    { socketPath: 1 },
    ["socketPath: expected a literal path with a slash at both ends, such as /socket.io/, got 1. Write it in quotes."],
  ],
  [
    "too many paths",
    { apiPaths: Array.from({ length: 31 }, (_, n) => `/api/${n}`) },
    [
      "apiPaths: expected 0 to 30, got 31 (/api/0, /api/1, /api/2, /api/3, /api/4, /api/5, /api/6, /api/7, /api/8, /api/9, /api/10, /api/11, /api/12, /api/13, /api/14, /api/15, /api/16, /api/17, /api/18, /api/19, /api/20, /api/21, /api/22, /api/23, /api/24, /api/25, /api/26, /api/27, /api/28, /api/29, /api/30). A distribution allows few cache behaviors: use wildcards.",
    ],
  ],
  [
    "the sockets' own path cached",
    { cachedPaths: ["/socket.io/*"] },
    ['cachedPaths: expected each path once, got "/socket.io/*". A path can have only one cache behavior.'],
  ],
  [
    "a keep-alive as long as the idle timeout",
    { keepaliveTimeoutSec: 60 },
    [
      "keepaliveTimeoutSec: expected less than the load balancer's idle timeout of 60 s, got 60. Otherwise the load balancer sometimes closes a connection while a request is on its way, which fails with 502.",
    ],
  ],
  [
    "a keep-alive of nothing",
    { keepaliveTimeoutSec: 0 },
    ["keepaliveTimeoutSec: expected a whole number from 1 to 180 seconds, got 0. AWS raises the quota on request."],
  ],
  [
    "a keep-alive of minutes",
    { keepaliveTimeoutSec: 181, origin: { ...origin, idleTimeoutSec: 4000 } },
    ["keepaliveTimeoutSec: expected a whole number from 1 to 180 seconds, got 181. AWS raises the quota on request."],
  ],
  [
    "a heartbeat of nothing",
    { heartbeat: { pingIntervalSec: 0, pingTimeoutSec: 20 } },
    [
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: 0, pingTimeoutSec: 20 }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
  ],
  [
    "a heartbeat of words",
    { heartbeat: { pingIntervalSec: "25", pingTimeoutSec: 20 } },
    [
      "heartbeat.pingIntervalSec: expected a number, got a value of type string. Write it as a number, without quotes.",
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: '25', pingTimeoutSec: 20 }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
  ],
  [
    "a heartbeat known only at apply",
    { heartbeat: { pingIntervalSec: 25, pingTimeoutSec: later } },
    [
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: 25, pingTimeoutSec: known at apply }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
  ],
  [
    "a web ACL by its name",
    { webAclArn: "crm" },
    [
      'webAclArn: expected the ARN of a web ACL, arn:…:wafv2:<region>:<account>:global/webacl/<name>/<id>, got "crm". Pass the webAclArn of a Waf with scope CLOUDFRONT.',
    ],
  ],
])("refuses %s", (_, props, lines) => {
  const made = refusal((stack) => void new Cdn(stack, "cdn", { ...minimal, ...props } as never));
  expect(made).toEqual(lines.map((line) => `[test/cdn] ${line}`));
});

it.each<[string, object]>([
  ["a socket path of several parts", { socketPath: "/chat/socket.io/" }],
  ["a keep-alive just below the idle timeout", { keepaliveTimeoutSec: 59 }],
  ["a web ACL known only at apply", { webAclArn: Token.asString({ resolve: () => "x", creationStack: [] }) }],
  ["an idle timeout known only at apply", { origin: { ...origin, idleTimeoutSec: later } }],
  ["as many paths as there may be", { apiPaths: Array.from({ length: 29 }, (_, n) => `/api/${n}`) }],
])("accepts %s", (_, props) => {
  expect(() => synthesize((stack) => void new Cdn(stack, "cdn", { ...minimal, ...props } as never))).not.toThrow();
});
