import { type TerraformStack, Token } from "cdktf";
import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const network = {
  vpcId: "vpc-0123456789abcdef0",
  publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
};
const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/0123abcd";
const later = Token.asNumber({ resolve: () => 100, creationStack: [] });

function make(stack: TerraformStack, balancer: object, service: object): void {
  const props = { name: "crm-dev", network, certificateArn, ...balancer } as AlbWebsocketProps;
  const web = { containerPort: 3000, keepAliveTimeoutSec: 65, ...service } as AlbServiceProps;
  new AlbWebsocket(stack, "alb", props).addService("web", web);
}

it.each<[string, object, string[]]>([
  [
    "a name that AWS keeps",
    { name: "internal-crm" },
    ['name: expected a name that does not begin with "internal-", got "internal-crm". AWS reserves that prefix.'],
  ],
  [
    "no network",
    { network: undefined },
    ["network: expected a value, got nothing. Pass a network, or vpcId and publicSubnetIds of one."],
  ],
  [
    "an additional certificate that is not an ARN",
    { additionalCertificateArns: { extra: "certificate" } },
    [
      'additionalCertificateArns.extra: expected the ARN of an ACM certificate, arn:…:acm:<region>:<account>:certificate/<id>, got "certificate". Pass the ARN of an ACM certificate in the load balancer\'s region.',
    ],
  ],
  [
    "another certificate by a name in capitals",
    { additionalCertificateArns: { Extra: `${certificateArn}e` } },
    [
      'additionalCertificateArns: expected names of lower-case letters, digits and single hyphens, at most 128 characters, got "Extra". The name becomes part of a resource\'s address.',
    ],
  ],
  [
    "two more certificates without the first",
    {
      certificateArn: undefined,
      allowInsecureHttp: true,
      additionalCertificateArns: { a: certificateArn, b: certificateArn },
    },
    [
      "additionalCertificateArns: expected none without certificateArn, got a, b. Pass the listener's default certificate as certificateArn.",
    ],
  ],
  [
    "a heartbeat that no idle timeout outlasts",
    { heartbeat: { pingIntervalSec: 3000, pingTimeoutSec: 1000 } },
    [
      "heartbeat: expected an interval and a timeout that fit into an idle timeout of 4000 s, got 4000 s + 15 s of head-room. Ping more often; Socket.IO's defaults of 25 s and 20 s work well.",
    ],
  ],
  [
    "a heartbeat of nothing",
    { heartbeat: { pingIntervalSec: 0, pingTimeoutSec: 20 } },
    [
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: 0, pingTimeoutSec: 20 }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
  ],
  [
    "a heartbeat known only at apply",
    { heartbeat: { pingIntervalSec: later, pingTimeoutSec: 20 } },
    [
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: known at apply, pingTimeoutSec: 20 }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
  ],
  [
    "a malformed prefix list id",
    { allowedCidrs: [], allowedPrefixListIds: { office: "sg-0123456789abcdef0" } },
    [
      'allowedPrefixListIds.office: expected an id such as pl-0123456789abcdef0, got "sg-0123456789abcdef0". Pass its id.',
    ],
  ],
  [
    "a malformed security group id",
    { allowedCidrs: [], allowedSecurityGroupIds: { office: "10.0.0.0/16" } },
    ['allowedSecurityGroupIds.office: expected an id such as sg-0123456789abcdef0, got "10.0.0.0/16". Pass its id.'],
  ],
  [
    "addresses known only at apply",
    { allowedCidrs: Token.asList({ resolve: () => [], creationStack: [] }) },
    [
      "allowedCidrs: expected a list of literal CIDRs, got a value that is known only at apply. Each block is part of a rule's address, so it must be known at synth. Use a managed prefix list instead.",
    ],
  ],
  [
    "logs without a bucket",
    { accessLogs: {} },
    ["accessLogs.bucketName: expected a value, got nothing. Pass the bucketName of a LogBucket."],
  ],
  [
    "logs in a bucket with capitals",
    { accessLogs: { bucketName: "Logs" } },
    [
      'accessLogs.bucketName: expected 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit, got "Logs". Pass the bucketName of a LogBucket.',
    ],
  ],
  [
    "a folder with a slash before it",
    { accessLogs: { bucketName: "crm-logs", prefix: "/alb" } },
    [
      'accessLogs.prefix: expected a folder without a slash at either end, and without AWSLogs in it, got "/alb". For example alb, or alb/crm.',
    ],
  ],
  [
    "a folder with a slash after it",
    { accessLogs: { bucketName: "crm-logs", prefix: "alb/" } },
    [
      'accessLogs.prefix: expected a folder without a slash at either end, and without AWSLogs in it, got "alb/". For example alb, or alb/crm.',
    ],
  ],
  [
    "a folder that AWS makes itself",
    { accessLogs: { bucketName: "crm-logs", prefix: "my/AWSLogs" } },
    [
      'accessLogs.prefix: expected a folder without a slash at either end, and without AWSLogs in it, got "my/AWSLogs". For example alb, or alb/crm.',
    ],
  ],
  [
    "a folder of 513 characters",
    { accessLogs: { bucketName: "crm-logs", prefix: "a".repeat(513) } },
    [
      'accessLogs.prefix: expected a folder without a slash at either end, and without AWSLogs in it, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…. For example alb, or alb/crm.',
    ],
  ],
  [
    "an unknown address type",
    { ipAddressType: "ipv6" },
    ['ipAddressType: expected a literal, one of ipv4, dualstack, got "ipv6". See the README for what each does.'],
  ],
  [
    "an unknown mode for X-Forwarded-For",
    { xffHeaderProcessingMode: "keep" },
    [
      'xffHeaderProcessingMode: expected one of append, preserve, remove, got "keep". See the README for what each does.',
    ],
  ],
])("a load balancer refuses %s", (_, props, lines) => {
  expect(refusal((stack) => make(stack, props, {}))).toEqual(lines.map((line) => `[test/alb] ${line}`));
});

it.each<[string, object, string[]]>([
  [
    "no port",
    { containerPort: undefined },
    ["containerPort: expected a value, got nothing. Name the port that the container listens on."],
  ],
  [
    "stickiness that is a word",
    { stickiness: "yes" },
    [
      'stickiness: expected a literal true or false, got "yes". It decides what is synthesized, so it must be known at synth.',
    ],
  ],
  [
    "no keep-alive",
    { keepAliveTimeoutSec: undefined },
    [
      "keepAliveTimeoutSec: expected a value, got nothing. Set this prop and the server's keep-alive timeout to 65 or more: if the app closes an idle connection first, some requests fail with 502.",
    ],
  ],
  [
    "a keep-alive as long as the idle timeout",
    { keepAliveTimeoutSec: 60 },
    [
      "keepAliveTimeoutSec: expected more than the load balancer's idle timeout of 60 s, got 60. Set this prop and the server's keep-alive timeout to 65 or more: if the app closes an idle connection first, some requests fail with 502.",
    ],
  ],
  [
    "a health path with a blank",
    { healthCheck: { path: "/health check" } },
    [
      'healthCheck.path: expected a path that begins with / and has neither spaces, # nor segments of dots, at most 1024 characters, got "/health check". Name the path only, for example /api/health.',
    ],
  ],
  [
    "one success that is enough",
    { healthCheck: { healthyThreshold: 1 } },
    [
      "healthCheck.healthyThreshold: expected a whole number from 2 to 10, got 1. See the ALB user guide, Health check settings.",
    ],
  ],
  [
    "eleven failures",
    { healthCheck: { unhealthyThreshold: 11 } },
    [
      "healthCheck.unhealthyThreshold: expected a whole number from 2 to 10, got 11. See the ALB user guide, Health check settings.",
    ],
  ],
  [
    "a check of a second",
    { healthCheck: { timeoutSec: 1 } },
    [
      "healthCheck.timeoutSec: expected a whole number from 2 to 120 seconds, got 1. See the ALB user guide, Health check settings.",
    ],
  ],
  [
    "a check of minutes",
    { healthCheck: { timeoutSec: 121, intervalSec: 300 } },
    [
      "healthCheck.timeoutSec: expected a whole number from 2 to 120 seconds, got 121. See the ALB user guide, Health check settings.",
    ],
  ],
  [
    "codes after a word",
    { healthCheck: { matcher: "x200" } },
    [
      'healthCheck.matcher: expected status codes from 200 to 499: 200 or 200,204 or 200-299, got "x200". Use the status code that the health check path returns.',
    ],
  ],
  [
    "codes before a word",
    { healthCheck: { matcher: "200x" } },
    [
      'healthCheck.matcher: expected status codes from 200 to 499: 200 or 200,204 or 200-299, got "200x". Use the status code that the health check path returns.',
    ],
  ],
  [
    "codes of server errors",
    { healthCheck: { matcher: "200,500" } },
    [
      'healthCheck.matcher: expected status codes from 200 to 499: 200 or 200,204 or 200-299, got "200,500". Use the status code that the health check path returns.',
    ],
  ],
  [
    "codes with a blank",
    { healthCheck: { matcher: "200, 204" } },
    [
      'healthCheck.matcher: expected status codes from 200 to 499: 200 or 200,204 or 200-299, got "200, 204". Use the status code that the health check path returns.',
    ],
  ],
  [
    "no transport",
    { transports: [] },
    [
      "transports: expected at least one of websocket, polling, got []. List the transports that the app's Socket.IO server allows.",
    ],
  ],
  [
    "an unknown transport among others",
    { transports: ["websocket", "telepathy"] },
    [
      "transports: expected at least one of websocket, polling, got [ 'websocket', 'telepathy' ]. List the transports that the app's Socket.IO server allows.",
    ],
  ],
  [
    "a cookie with a blank",
    { stickinessCookieName: "my cookie" },
    [
      'stickinessCookieName: expected the name of a cookie that the app sets, not beginning with AWSALB, got "my cookie". AWS reserves the names AWSALB, AWSALBAPP and AWSALBTG.',
    ],
  ],
  [
    "a delay just too short",
    { deregistrationDelaySec: 29 },
    [
      "deregistrationDelaySec: expected at least 30 s, got 29. A long-polling request stays open for up to one ping interval; cutting it off is an error for the client.",
    ],
  ],
  [
    "an unknown algorithm",
    { loadBalancingAlgorithm: "fastest" },
    [
      'loadBalancingAlgorithm: expected one of round_robin, least_outstanding_requests, got "fastest". Other algorithms do not suit long-lived connections.',
    ],
  ],
  [
    "a slow start of a second",
    { loadBalancingAlgorithm: "round_robin", slowStartSec: 1 },
    ["slowStartSec: expected a whole number from 30 to 900 seconds, or 0, got 1. Leave it out for no slow start."],
  ],
  [
    "a host after a scheme",
    { hosts: ["https://chat.example.com"] },
    [
      'hosts: expected host names such as chat.example.com or *.example.com, at most 128 characters, got "https://chat.example.com". Leave out scheme, port and path.',
    ],
  ],
  [
    "a host of 129 characters",
    { hosts: ["a".repeat(125) + ".com"] },
    [
      'hosts: expected host names such as chat.example.com or *.example.com, at most 128 characters, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…. Leave out scheme, port and path.',
    ],
  ],
  [
    "a path of 129 characters",
    { paths: ["/" + "a".repeat(128)] },
    [
      'paths: expected paths such as /api/*, at most 128 characters, got "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…. A path begins with / and has no query string.',
    ],
  ],
  [
    "a host outside a list",
    { hosts: "chat.example.com" },
    ["hosts: expected a list, got a value of type string. Put its elements in brackets."],
  ],
])("a service refuses %s", (_, props, lines) => {
  expect(refusal((stack) => make(stack, {}, props))).toEqual(lines.map((line) => `[test/alb/service-web] ${line}`));
});

it.each<[string, object, object]>([
  [
    "the longest heartbeat",
    { heartbeat: { pingIntervalSec: 2000, pingTimeoutSec: 1985 } },
    { keepAliveTimeoutSec: 4100 },
  ],
  ["a folder of folders", { accessLogs: { bucketName: "crm-logs", prefix: "alb/crm" } }, {}],
  ["the longest folder", { accessLogs: { bucketName: "crm-logs", prefix: "a".repeat(512) } }, {}],
  ["a keep-alive just above the idle timeout", {}, { keepAliveTimeoutSec: 61 }],
  ["a keep-alive known only at apply", {}, { keepAliveTimeoutSec: later }],
  ["an idle timeout known only at apply", { idleTimeoutSec: later }, {}],
  ["codes in a list and a range", {}, { healthCheck: { matcher: "200-299,301" } }],
  ["the shortest delay", {}, { deregistrationDelaySec: 30 }],
  ["the longest host", {}, { hosts: ["a".repeat(124) + ".com"] }],
  ["the longest path", {}, { paths: ["/" + "a".repeat(127)] }],
  ["the longest health path", {}, { healthCheck: { path: "/" + "a".repeat(1023) } }],
])("both accept %s", (_, balancer, service) => {
  expect(() => synthesize((stack) => make(stack, balancer, service))).not.toThrow();
});
