import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const certificate = (digit: string) =>
  `arn:aws:acm:ap-northeast-1:123456789012:certificate/${digit.repeat(8)}-1111-2222-3333-444444444444`;
const valid: AlbWebsocketProps = {
  name: "crm-dev",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
  },
  certificateArn: certificate("1"),
};
const web: AlbServiceProps = { containerPort: 3000, keepAliveTimeoutSec: 75 };

const refused = (props: Partial<AlbWebsocketProps>) =>
  refusal((stack) => void new AlbWebsocket(stack, "alb", { ...valid, ...props }));

describe("a certificate that the listener would have twice is refused", () => {
  const line = (key: string, other: string) =>
    `[test/alb] additionalCertificateArns.${key}: expected each certificate once, got the same as ${other}. Remove one of the two: AWS removes the certificate together with either.`;

  it("under two keys", () => {
    const additionalCertificateArns = { a: certificate("2"), b: certificate("3"), c: certificate("2") };
    expect(refused({ additionalCertificateArns })).toEqual([line("c", "additionalCertificateArns.a")]);
  });

  it("as the default one and an additional one", () => {
    expect(refused({ additionalCertificateArns: { a: certificate("1") } })).toEqual([line("a", "certificateArn")]);
  });
});

describe("a rule", () => {
  const refusedRule = (route: Partial<AlbServiceProps>) =>
    refusal((stack) => void new AlbWebsocket(stack, "alb", valid).addService("web", { ...web, ...route }));

  it("with more wildcards than AWS allows is refused", () => {
    expect(refusedRule({ hosts: ["*.*.example.com"], paths: ["/*/?/*/?/*"] })).toEqual([
      "[test/alb/service-web] hosts, paths: expected at most 6 wildcards (* and ?) in one rule, got 7. A * matches slashes and dots too, so that one at the end is enough.",
    ]);
  });

  it("with as many as AWS allows is accepted", () => {
    const route = { hosts: ["*.*.example.com"], paths: ["/*/?/*/?"] };
    expect(() =>
      synthesize((stack) => void new AlbWebsocket(stack, "alb", valid).addService("web", { ...web, ...route })),
    ).not.toThrow();
  });
});

/** Returns the warnings about a load balancer with this many services. */
function warnings(props: Partial<AlbWebsocketProps>, services = 0): string[] {
  const found: string[] = [];
  synthesize((stack) => {
    const alb = new AlbWebsocket(stack, "alb", { ...valid, ...props });
    for (let n = 0; n < services; n++) alb.addService(`service-${n}`, { ...web, hosts: [`s${n}.example.com`] });
    found.push(...alb.node.metadata.filter(({ type }) => type.includes("warn")).map(({ data }) => String(data)));
  });
  return found;
}

it("the 101st service is warned about: AWS has 100 target groups for a load balancer", () => {
  expect(warnings({}, 102)).toEqual([
    "addService: more than 100 services, and AWS allows 100 target groups for a load balancer. Create a second AlbWebsocket.",
  ]);
  expect(warnings({}, 100)).toEqual([]);
});

describe("more rules than a security group usually has", () => {
  const blocks = (count: number) => Array.from({ length: count }, (_, index) => `203.0.${index}.0/24`);

  it("are warned about, those of the redirect included", () => {
    expect(warnings({ allowedCidrs: blocks(31) })).toEqual([
      "allowedCidrs: 62 rules on both ports, and AWS allows 60 in a security group unless the quota was raised. Join blocks, use a managed prefix list, or set redirectHttp to false.",
    ]);
    expect(warnings({ allowedCidrs: blocks(61), redirectHttp: false })).toHaveLength(1);
  });

  it("are not when they fit", () => {
    expect(warnings({ allowedCidrs: blocks(30) })).toEqual([]);
    expect(warnings({ allowedCidrs: blocks(60), redirectHttp: false })).toEqual([]);
  });
});

describe("a rule behind a wider one", () => {
  const warningsOf = (services: Readonly<Record<string, Partial<AlbServiceProps>>>): string[] => {
    const found: string[] = [];
    synthesize((stack) => {
      const alb = new AlbWebsocket(stack, "alb", valid);
      for (const [id, route] of Object.entries(services)) alb.addService(id, { ...web, ...route });
      const metadata = alb.node.findAll().flatMap(({ node }) => node.metadata);
      found.push(...metadata.filter(({ type }) => type.includes("warn")).map(({ data }) => String(data)));
    });
    return found;
  };
  const narrow = (priority: number) => ({ hosts: ["api.example.com"], paths: ["/api/v1/*", "/api/health"], priority });
  const wide = (priority: number) => ({ paths: ["/api/*"], priority });
  const MESSAGE =
    'priority: "narrow" (20) receives no request, because "wide" (10) is evaluated first and matches all of them. Give "narrow" the lower number.';

  it("is warned about, in whatever order they are added", () => {
    expect(warningsOf({ narrow: narrow(20), wide: wide(10) })).toEqual([MESSAGE]);
    expect(warningsOf({ wide: wide(10), narrow: narrow(20) })).toEqual([MESSAGE]);
  });

  it("is fine before it, or where it receives some requests", () => {
    expect(warningsOf({ narrow: narrow(10), wide: wide(20) })).toEqual([]);
    expect(warningsOf({ narrow: { ...narrow(20), paths: ["/api/v1/*", "/*"] }, wide: wide(10) })).toEqual([]);
    const ofHost = { ...wide(10), hosts: ["other.example.com", "api.example.com"] };
    expect(warningsOf({ narrow: { ...narrow(20), hosts: ["API.example.com"] }, wide: ofHost })).toEqual([MESSAGE]);
    expect(warningsOf({ narrow: { ...narrow(20), hosts: ["*.example.com"] }, wide: ofHost })).toEqual([]);
  });
});
