import { type TerraformStack, TerraformVariable } from "cdktf";
import { Cdn } from "../../../modules/cdn";
import { refusal } from "../../helpers/refusal";
import { CERTIFICATE, minimal, origin } from "./fixture";

const lines = (props: (stack: TerraformStack) => object) =>
  refusal((stack) => void new Cdn(stack, "cdn", { ...minimal, ...props(stack) } as never)).map((line) =>
    line.replace("[test/cdn] ", ""),
  );
const refused = (props: object) => lines(() => props);

const certificate = "Request one from ACM in us-east-1, whatever the stack's region.";
const balancer = "Pass an AlbWebsocket, or the same fields of another load balancer.";
const acl = "Pass the webAclArn of a Waf with scope CLOUDFRONT.";
const bucket = "Pass the bucketName of a LogBucket with the writer vended-logs.";
const quota = "AWS raises the quota on request.";
const seconds = (prop: string, got: number) =>
  `${prop}: expected a whole number from 1 to 180 seconds, got ${got}. ${quota}`;
const path = (prop: string, got: string) =>
  `${prop}: expected literal paths that begin with a slash, with * and ? as wildcards, got ${got}. For example /api/*.`;

it.each<[string, object, string[]]>([
  [
    "no name for the site",
    { domainNames: [] },
    ["domainNames: expected 1 to 100, got 0. CloudFront allows up to 100 names for a distribution."],
  ],
  [
    "a name twice",
    { domainNames: ["crm.example.com", "crm.example.com."] },
    ['domainNames: expected each name once, got "crm.example.com". Remove the repeated one.'],
  ],
  ["no certificate", { certificateArn: undefined }, [`certificateArn: expected a value, got nothing. ${certificate}`]],
  [
    "a certificate of the stack's region",
    { certificateArn: CERTIFICATE.replace("us-east-1", "ap-northeast-1") },
    [
      `certificateArn: expected a certificate in us-east-1, got "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2…. ${certificate}`,
    ],
  ],
  ["no origin", { origin: undefined }, [`origin: expected a value, got nothing. ${balancer}`]],
  [
    "an origin without fields",
    { origin: {} },
    ["loadBalancerArn", "dnsName", "scheme", "idleTimeoutSec"].map(
      (field) => `origin.${field}: expected a value, got nothing. ${balancer}`,
    ),
  ],
  [
    "an FTP origin",
    { origin: { ...origin, scheme: "ftp" } },
    [`origin.scheme: expected a literal, one of https, http, got "ftp". ${balancer}`],
  ],
  [
    "an access that does not exist",
    { originAccess: "public" },
    [
      'originAccess: expected a literal, one of vpc-origin, secret-header, got "public". It decides which resources are synthesized.',
    ],
  ],
  [
    "a public origin without a secret",
    { originAccess: "secret-header" },
    [
      "secretHeader: expected a header with originAccess secret-header, got nothing. Without it, any CloudFront distribution could reach the load balancer.",
    ],
  ],
  [
    "a secret in plain text",
    { originAccess: "secret-header", secretHeader: { name: "x-origin-verify", value: "hunter2" } },
    [
      "secretHeader.value: expected a value that is known only at apply, got a literal. Take it from a sensitive variable or a secret, so that it is not in the synthesized JSON.",
    ],
  ],
  [
    "a socket path without its last slash",
    { socketPath: "/socket.io" },
    [
      'socketPath: expected a literal path with a slash at both ends, such as /socket.io/, got "/socket.io". It is the path of the Socket.IO server.',
    ],
  ],
  ["a path without a slash", { apiPaths: ["api/*"] }, [path("apiPaths", '"api/*"')]],
  ["a path with a blank", { cachedPaths: ["/a b"] }, [path("cachedPaths", '"/a b"')]],
  [
    "a path with two behaviors",
    { cachedPaths: ["/api/*"] },
    ['cachedPaths: expected each path once, got "/api/*". A path can have only one cache behavior.'],
  ],
  [
    "everything from the cache",
    { cachedPaths: ["/*"] },
    [
      "cachedPaths: expected paths of files that are the same for every client, got /*. One client's page would be served to all others.",
    ],
  ],
  ["a read timeout of 181 s", { readTimeoutSec: 181 }, [seconds("readTimeoutSec", 181)]],
  [
    "a read timeout that ends long polls",
    { readTimeoutSec: 39 },
    [
      "readTimeoutSec: expected at least 40 s (ping interval 25 s + head-room), got 39. Idle long-polling requests would end in 504.",
    ],
  ],
  [
    "a keep-alive as long as the load balancer's idle timeout",
    { keepaliveTimeoutSec: 60 },
    [
      "keepaliveTimeoutSec: expected less than the load balancer's idle timeout of 60 s, got 60. Otherwise the load balancer sometimes closes a connection while a request is on its way, which fails with 502.",
    ],
  ],
  [
    "a heartbeat slower than CloudFront's WebSocket timeout",
    { heartbeat: { pingIntervalSec: 165, pingTimeoutSec: 421 }, readTimeoutSec: 180 },
    [
      "heartbeat: expected ping interval + ping timeout + head-room within CloudFront's 600 s for a silent WebSocket, got 165 s + 421 s + 15 s. Ping more often; Socket.IO's defaults of 25 s and 20 s work well.",
    ],
  ],
  [
    "a web ACL of a load balancer",
    { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b" },
    [
      `webAclArn: expected a web ACL with scope CLOUDFRONT, got "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b". ${acl}`,
    ],
  ],
  [
    "logs without a bucket",
    { accessLogs: { bucketName: "" } },
    [`accessLogs.bucketName: expected a value, got an empty string. ${bucket}`],
  ],
  [
    "HTTPS for three years",
    { hstsMaxAgeSec: 94_608_000 },
    [
      "hstsMaxAgeSec: expected a whole number from 1 to 63072000 seconds, got 94608000. One year is usual; 1 makes browsers drop the setting.",
    ],
  ],
  [
    "a price class that does not exist",
    { priceClass: "PriceClass_50" },
    [
      'priceClass: expected one of PriceClass_All, PriceClass_200, PriceClass_100, got "PriceClass_50". It decides which edge locations serve the site.',
    ],
  ],
])("refuses %s", (_, props, expected) => expect(refused(props)).toEqual(expected));

it("refuses a secret with a VPC origin, and one in a standard header", () => {
  const value = (stack: TerraformStack) => new TerraformVariable(stack, "s", { type: "string" }).stringValue;
  expect(lines((stack) => ({ secretHeader: { name: "x-origin-verify", value: value(stack) } }))).toEqual([
    "secretHeader: expected nothing with originAccess vpc-origin, got a header. Nothing but CloudFront reaches a VPC origin.",
  ]);
  expect(
    lines((stack) => ({ originAccess: "secret-header", secretHeader: { name: "Host", value: value(stack) } })),
  ).toEqual([
    'secretHeader.name: expected a header of your own in lower case that begins with x-, at most 40 characters, got "Host". For example x-origin-verify.',
  ]);
});

describe("a load balancer that requires a header", () => {
  const requiringHeader = { ...origin, requiredHeaderName: "x-origin-verify" };
  const value = (stack: TerraformStack) => new TerraformVariable(stack, "s", { type: "string" }).stringValue;
  const remedy =
    "Set originAccess to secret-header with this header name, or remove requiredHeader from the load balancer.";

  it("refuses a distribution that sends another header", () => {
    const secretHeader = (stack: TerraformStack) => ({ name: "x-other", value: value(stack) });
    expect(
      lines((stack) => ({ origin: requiringHeader, originAccess: "secret-header", secretHeader: secretHeader(stack) })),
    ).toEqual([
      `secretHeader.name: expected "x-origin-verify", which the load balancer requires, got "x-other". ${remedy}`,
    ]);
  });

  it("refuses a distribution without the header", () => {
    expect(refused({ origin: requiringHeader })).toEqual([
      `secretHeader.name: expected "x-origin-verify", which the load balancer requires, got nothing. ${remedy}`,
    ]);
  });
});
