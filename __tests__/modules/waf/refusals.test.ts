import { Token } from "cdktf";
import { byteMatch, managedGroup, type WafProps } from "../../../modules/waf";
import { refusal } from "../../helpers/refusal";
import { make } from "./fixture";

describe("a web ACL refuses", () => {
  const statement = byteMatch("method", "EXACTLY", "TRACE");
  const cases: [string, Partial<WafProps>, string][] = [
    [
      "another scope",
      { scope: "GLOBAL" as never },
      'scope: expected a literal, one of REGIONAL, CLOUDFRONT, got "GLOBAL". Use REGIONAL for a load balancer, CLOUDFRONT for a distribution.',
    ],
    [
      "an association for CloudFront",
      { scope: "CLOUDFRONT", associateWith: { cdn: "arn:aws:cloudfront::123456789012:distribution/E1" } },
      "associateWith: expected no association with scope CLOUDFRONT, got cdn. Pass webAclArn to the distribution.",
    ],
    [
      "an association with no ARN",
      { associateWith: { alb: "my-alb" } },
      'associateWith.alb: expected the ARN of an Application Load Balancer, or of another resource that a regional web ACL protects, arn:…:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>, got "my-alb". Pass the ARN of a load balancer.',
    ],
    [
      "a limit below AWS's",
      { requestRateLimit: 5 },
      "requestRateLimit: expected a whole number from 10 to 2000000000 requests, or false, got 5. The limit applies to one address in one window.",
    ],
    [
      "a window that WAF does not know",
      { rateLimitWindowSec: 30 as never },
      "rateLimitWindowSec: expected one of 60, 120, 300, 600, got 30. WAF supports no other windows.",
    ],
    [
      "a socket path without its slashes",
      { socketPath: "/socket.io" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "/socket.io". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "all requests as the socket's",
      { socketPath: "/" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "/". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "an address that is no block",
      { deniedIps: ["203.0.113.7"] },
      'deniedIps: expected literal IPv4 or IPv6 CIDRs, for example 203.0.113.0/24 or 2001:db8::/32, got "203.0.113.7". A single address ends in /32 or /128.',
    ],
    [
      "a block of all addresses",
      { allowedIps: ["0.0.0.0/0"] },
      "allowedIps: expected no block that holds all addresses, got 0.0.0.0/0. WAF does not accept /0. To match every address, use two /1 blocks.",
    ],
    [
      "a malformed header",
      { forwardedIp: { headerName: "X Forwarded For" } },
      'forwardedIp.headerName: expected the name of a header, got "X Forwarded For". Name a header that the proxy overwrites instead of appending to it.',
    ],
    [
      "rules of a group that is not there",
      { countedRules: { linux: ["LFI_URIPATH"] } as never },
      'countedRules: expected one of ip-reputation, common, known-bad-inputs, sql-injection, anonymous-ip, got "linux". Name a group that is in the web ACL.',
    ],
    [
      "a rule under a name that is taken",
      { customRules: [{ name: "common", statement }] },
      'customRules: expected a different name for each rule, got "common". Use another name.',
    ],
    [
      "two rules of one name",
      {
        customRules: [
          { name: "trace", statement },
          { name: "trace", statement },
        ],
      },
      'customRules: expected a different name for each rule, got "trace". Use another name.',
    ],
    [
      "a rule under a name that cannot be a metric",
      { customRules: [{ name: "No Trace", statement }] },
      'customRules: expected names of lower-case letters, digits and single hyphens, at most 128, got "No Trace". The name becomes part of addresses and metric names, which must not change.',
    ],
    [
      "a statement written by hand",
      { customRules: [{ name: "trace", statement: { byteMatchStatement: {} } as never }] },
      "customRules.trace.statement: expected a statement made by byteMatch, and, rateBased or another function of this module, got { byteMatchStatement: {} }. Nothing checks a handwritten statement before AWS does.",
    ],
    [
      "an action for a group that has its own",
      {
        customRules: [
          {
            name: "linux",
            statement: managedGroup({ name: "AWSManagedRulesLinuxRuleSet", capacity: 200 }),
            action: "block",
          },
        ],
      },
      'customRules.linux.action: expected nothing, or count, for a rule group, got "block". The rules of a group have their own actions.',
    ],
    [
      "a list of blocks that is known only at apply",
      { deniedIps: Token.asList({ resolve: () => ["203.0.113.0/24"] }) },
      "deniedIps: expected a list of literal CIDRs, got a value that is known only at apply. IPv4 and IPv6 blocks go to different IP sets, which is decided at synth.",
    ],
    [
      "a fallback that WAF does not know",
      { forwardedIp: { headerName: "X-Real-Ip", fallbackBehavior: "PASS" as never } },
      'forwardedIp.fallbackBehavior: expected one of MATCH, NO_MATCH, got "PASS". It applies when the header holds no valid address.',
    ],
    [
      "a mode for anonymous addresses that there is not",
      { anonymousIps: "allow" as never },
      'anonymousIps: expected a literal, one of count, block, off, got "allow". The README describes these addresses.',
    ],
    [
      "a socket path with more before it",
      { socketPath: "x/socket.io/" },
      'socketPath: expected a path with a slash at both ends, such as /socket.io/, got "x/socket.io/". It is the path of the Socket.IO server; with / every request would count as a socket\'s.',
    ],
    [
      "a counted rule with more before its name",
      { countedRules: { common: [" NoUserAgent_HEADER"] } },
      "countedRules.common: expected names of the group's rules, such as NoUserAgent_HEADER, got \" NoUserAgent_HEADER\" with white space before it. The group's documentation lists them.",
    ],
    [
      "a counted rule with more behind its name",
      { countedRules: { common: ["NoUserAgent_HEADER*"] } },
      "countedRules.common: expected names of the group's rules, such as NoUserAgent_HEADER, got \"NoUserAgent_HEADER*\". The group's documentation lists them.",
    ],
    [
      "an action that there is not",
      { customRules: [{ name: "a", statement, action: "drop" as never }] },
      'customRules[0].action: expected a literal, one of allow, block, count, captcha, challenge, got "drop". Leave it out to block, or to keep the actions of a rule group.',
    ],
    [
      "an order that there is not",
      { customRules: [{ name: "a", statement, order: "last" as never }] },
      'customRules[0].order: expected a literal, one of before, after, got "last". It is relative to AWS\'s rule groups.',
    ],
    [
      "a key that is no ARN",
      { kmsKeyArn: "alias/logs" },
      'kmsKeyArn: expected the ARN of a KMS key, arn:…:kms:<region>:<account>:key/<id>, got "alias/logs". Pass the ARN of a KMS key, not its id or alias.',
    ],
    [
      "a retention that CloudWatch does not know",
      { logRetentionDays: 10 as never },
      "logRetentionDays: expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 10. Use a value that CloudWatch Logs accepts.",
    ],
    [
      "a header that cannot be hidden",
      { redactedHeaders: ["set cookie"] },
      'redactedHeaders: expected names of headers, got "set cookie". For example authorization.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void make(stack, props))).toEqual([`[test/waf] ${message}`]);
  });

  it("several problems in one error", () => {
    const lines = refusal((stack) => void make(stack, { name: "CRM", socketRateLimit: 1, deniedIps: ["x"] }));
    expect(lines.map((line) => line.split(" ")[1])).toEqual(["name:", "socketRateLimit:", "deniedIps:"]);
  });
});
