import { type TerraformStack, TerraformVariable } from "cdktf";
import { AlbWebsocket, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/0123abcd";
const network = {
  vpcId: "vpc-0123456789abcdef0",
  publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
  privateSubnetIds: ["subnet-0123456789abcdef3", "subnet-0123456789abcdef4"],
};
const minimal: AlbWebsocketProps = { name: "crm-dev", network, certificateArn: CERTIFICATE };
const insecure = { certificateArn: undefined, allowInsecureHttp: true };
const make = (stack: TerraformStack, props: Partial<AlbWebsocketProps> = {}) =>
  new AlbWebsocket(stack, "alb", { ...minimal, ...props });
const alb = (props: Partial<AlbWebsocketProps> = {}) => synthesize((stack) => void make(stack, props));
const ingress = (props: Partial<AlbWebsocketProps>) => alb(props).resources("aws_vpc_security_group_ingress_rule");

describe("a load balancer with its defaults", () => {
  const template = alb();

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_lb: 1,
      aws_lb_listener: 2,
      aws_security_group: 1,
      aws_vpc_security_group_ingress_rule: 2,
    });
  });

  it("is a hardened, internet-facing application load balancer whose idle timeout outlasts the heartbeat", () => {
    expect(template.only("aws_lb")).toEqual({
      name: "crm-dev-alb",
      load_balancer_type: "application",
      internal: false,
      ip_address_type: "ipv4",
      subnets: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
      security_groups: ["${aws_security_group.alb_security-group_D44FF577.id}"],
      idle_timeout: 60,
      client_keep_alive: 3600,
      enable_http2: true,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      preserve_host_header: false,
      xff_header_processing_mode: "append",
      enable_deletion_protection: true,
      lifecycle: { create_before_destroy: true },
    });
  });

  it("answers 404 over TLS while it has no service, and redirects HTTP to HTTPS", () => {
    const loadBalancer = "${aws_lb.alb_load-balancer_01CCC475.arn}";
    expect(template.resource("aws_lb_listener", "alb/https-listener")).toEqual({
      load_balancer_arn: loadBalancer,
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificate_arn: CERTIFICATE,
      default_action: [
        {
          type: "fixed-response",
          fixed_response: { content_type: "text/plain", message_body: "Not found", status_code: "404" },
        },
      ],
      lifecycle: { create_before_destroy: true },
    });
    const port = "${aws_lb_listener.alb_https-listener_680E2C25.port}";
    expect(template.resource("aws_lb_listener", "alb/http-listener")).toEqual({
      load_balancer_arn: loadBalancer,
      port: 80,
      protocol: "HTTP",
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port, status_code: "HTTP_301" } }],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("allows ingress from every address on 443 and 80, and no egress", () => {
    const group = template.only("aws_security_group");
    expect(group).toEqual({
      name: "crm-dev-alb",
      description: "Clients of the load balancer",
      vpc_id: "vpc-0123456789abcdef0",
      tags: { Name: "crm-dev-alb" },
    });
    const rule = (port: number, description: string) => ({
      security_group_id: "${aws_security_group.alb_security-group_D44FF577.id}",
      description,
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
      lifecycle: { create_before_destroy: true },
    });
    expect(template.resources("aws_vpc_security_group_ingress_rule")).toEqual({
      "alb/ingress-https-0-0-0-0-0": rule(443, "Clients"),
      "alb/ingress-http-0-0-0-0-0": rule(80, "Clients to be sent on to HTTPS"),
    });
    expect(template.count("aws_vpc_security_group_egress_rule")).toBe(0);
  });
});

describe("port 80", () => {
  const FROM_REDIRECT = [
    {
      from: expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.alb_ingress-redirect-0-0-0-0-0_/) as unknown,
      to: expect.stringMatching(/^aws_vpc_security_group_ingress_rule\.alb_ingress-http-0-0-0-0-0_/) as unknown,
    },
    {
      from: expect.stringMatching(/^aws_lb_listener\.alb_redirect-listener_/) as unknown,
      to: expect.stringMatching(/^aws_lb_listener\.alb_http-listener_/) as unknown,
    },
  ];

  it("has one listener and one rule, whether it serves the app or redirects, so that a domain can be added later", () => {
    const onPort80 = (template: Template) =>
      ["aws_lb_listener", "aws_vpc_security_group_ingress_rule"].flatMap((type) =>
        Object.entries(template.resources(type))
          .filter(([, block]) => (block["port"] ?? block["from_port"]) === 80)
          .map(([path]) => path),
      );
    expect(onPort80(alb(insecure))).toEqual(["alb/http-listener", "alb/ingress-http-0-0-0-0-0"]);
    expect(onPort80(alb())).toEqual(onPort80(alb(insecure)));
  });

  it("is found in states in which the redirect had addresses of its own", () => {
    expect(alb().json.moved).toEqual(FROM_REDIRECT);
    expect(alb(insecure).json.moved).toEqual(FROM_REDIRECT);
    expect(alb({ redirectHttp: false }).json.moved).toBeUndefined();
  });
});

it("names the internal and the public load balancer differently, because a change of one into the other has both for a while", () => {
  const names = (internal: boolean) => alb({ internal }).only("aws_lb")["name"];
  expect([names(false), names(true)]).toEqual(["crm-dev-alb", "crm-dev-internal-alb"]);
});

describe("options", () => {
  it("uses the private subnets when internal", () => {
    expect(alb({ internal: true }).only("aws_lb")).toMatchObject({
      internal: true,
      subnets: ["subnet-0123456789abcdef3", "subnet-0123456789abcdef4"],
    });
  });

  it("serves plain HTTP only, if configured", () => {
    const template = synthesize((stack) => expect(make(stack, insecure).scheme).toBe("http"));
    expect(template.only("aws_lb_listener")).toMatchObject({ port: 80, protocol: "HTTP" });
    expect(template.only("aws_lb_listener")).not.toHaveProperty("certificate_arn");
    expect(Object.keys(template.resources("aws_vpc_security_group_ingress_rule"))).toEqual([
      "alb/ingress-http-0-0-0-0-0",
    ]);
  });

  it("keeps port 80 closed without the redirect", () => {
    const template = alb({ redirectHttp: false });
    expect(template.only("aws_lb_listener")).toMatchObject({ port: 443 });
    expect(template.only("aws_vpc_security_group_ingress_rule")).toMatchObject({ from_port: 443, to_port: 443 });
  });

  it("computes the idle timeout from the heartbeat", () => {
    const timeout = (props: Partial<AlbWebsocketProps>) => alb(props).only("aws_lb")["idle_timeout"];
    expect(timeout({ heartbeat: { pingIntervalSec: 60, pingTimeoutSec: 30 } })).toBe(105);
    expect(timeout({ heartbeat: { pingIntervalSec: 5, pingTimeoutSec: 5 } })).toBe(60);
    expect(timeout({ heartbeat: { pingIntervalSec: 5, pingTimeoutSec: 5 }, idleTimeoutSec: 25 })).toBe(25);
    expect(timeout({ idleTimeoutSec: 4000 })).toBe(4000);
  });

  it("allows ingress from all IPv6 addresses only with dualstack", () => {
    expect(ingress({ ipAddressType: "dualstack", redirectHttp: false })).toMatchObject({
      "alb/ingress-https-0-0-0-0-0": { cidr_ipv4: "0.0.0.0/0" },
      "alb/ingress-https----0": { cidr_ipv6: "::/0" },
    });
    expect(Object.keys(ingress({ redirectHttp: false }))).toEqual(["alb/ingress-https-0-0-0-0-0"]);
    expect(ingress({ ipAddressType: "dualstack", allowedCidrs: ["2001:db8::/32"], redirectHttp: false })).toMatchObject(
      {
        "alb/ingress-https-2001-db8---32": { cidr_ipv6: "2001:db8::/32" },
      },
    );
  });

  it("allows only the given sources, and neither prefix lists nor security groups on the redirect port", () => {
    const allowedPrefixListIds = { cloudfront: "pl-58a04531" };
    const allowedSecurityGroupIds = { "vpc-origin": "sg-0123456789abcdef1" };
    expect(ingress({ allowedPrefixListIds, allowedSecurityGroupIds })).toMatchObject({
      "alb/ingress-https-prefix-list-cloudfront": { prefix_list_id: "pl-58a04531", from_port: 443 },
      "alb/ingress-https-security-group-vpc-origin": {
        referenced_security_group_id: "sg-0123456789abcdef1",
        from_port: 443,
      },
    });
    expect(Object.keys(ingress({ allowedPrefixListIds }))).toHaveLength(1);
    expect(Object.keys(ingress({ allowedPrefixListIds, allowedCidrs: ["203.0.113.0/24"] })).sort()).toEqual([
      "alb/ingress-http-203-0-113-0-24",
      "alb/ingress-https-203-0-113-0-24",
      "alb/ingress-https-prefix-list-cloudfront",
    ]);
  });

  it("writes access logs", () => {
    const logs = (accessLogs: AlbWebsocketProps["accessLogs"]) => alb({ accessLogs }).only("aws_lb")["access_logs"];
    expect(logs({ bucketName: "crm-logs" })).toEqual({ enabled: true, bucket: "crm-logs" });
    expect(logs({ bucketName: "crm-logs", prefix: "alb/crm" })).toEqual({
      enabled: true,
      bucket: "crm-logs",
      prefix: "alb/crm",
    });
  });

  it("adds certificates, each under its own id", () => {
    const template = alb({ additionalCertificateArns: { "example-org": `${CERTIFICATE}2` } });
    expect(template.resources("aws_lb_listener_certificate")).toEqual({
      "alb/certificate-example-org": {
        listener_arn: "${aws_lb_listener.alb_https-listener_680E2C25.arn}",
        certificate_arn: `${CERTIFICATE}2`,
      },
    });
  });

  it("passes the other props on", () => {
    const template = alb({
      http2: false,
      preserveHostHeader: true,
      xffHeaderProcessingMode: "remove",
      desyncMitigationMode: "strictest",
      clientKeepAliveSec: 60,
      deletionProtection: false,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06",
    });
    expect(template.only("aws_lb")).toMatchObject({
      enable_http2: false,
      preserve_host_header: true,
      xff_header_processing_mode: "remove",
      desync_mitigation_mode: "strictest",
      client_keep_alive: 60,
      enable_deletion_protection: false,
      drop_invalid_header_fields: true,
    });
    const listener = template.resource("aws_lb_listener", "alb/https-listener");
    expect(listener["ssl_policy"]).toBe("ELBSecurityPolicy-TLS13-1-3-2021-06");
  });

  it("shortens a long name to AWS's limit", () => {
    const name = "messenger-crm-production-ap-northeast-1";
    expect(alb({ name }).only("aws_lb")["name"]).toBe("messenger-crm-productio-3ca3e3f5");
  });

  it("accepts values known only at apply", () => {
    const template = synthesize((stack) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
      const list = new TerraformVariable(stack, "subnets", { type: "list(string)" }).listValue;
      make(stack, {
        network: { vpcId: text("vpc"), publicSubnetIds: list },
        certificateArn: text("certificate"),
        accessLogs: { bucketName: text("bucket") },
        allowedPrefixListIds: { cloudfront: text("cloudfront") },
        idleTimeoutSec: new TerraformVariable(stack, "idle", { type: "number" }).numberValue,
      });
    });
    expect(template.only("aws_lb")).toMatchObject({ subnets: "${var.subnets}", idle_timeout: "${var.idle}" });
    expect(template.text).not.toContain("TfToken");
  });
});

describe("a load balancer refuses", () => {
  const cases: [string, Partial<AlbWebsocketProps>, string][] = [
    [
      "neither a certificate nor allowInsecureHttp",
      { certificateArn: undefined },
      "certificateArn: expected either a certificate for HTTPS or allowInsecureHttp: true, got neither. Pass the ARN of an ACM certificate; allowInsecureHttp is for development without a domain.",
    ],
    [
      "both a certificate and allowInsecureHttp",
      { allowInsecureHttp: true },
      "certificateArn: expected either a certificate for HTTPS or allowInsecureHttp: true, got both. Remove allowInsecureHttp: with a certificate, port 80 only redirects.",
    ],
    [
      "a certificate that is no ARN",
      { certificateArn: "example.com" },
      'certificateArn: expected the ARN of an ACM certificate, arn:…:acm:<region>:<account>:certificate/<id>, got "example.com". Pass the ARN of an ACM certificate in the load balancer\'s region.',
    ],
    [
      "more certificates without a first one",
      { ...insecure, additionalCertificateArns: { org: CERTIFICATE } },
      "additionalCertificateArns: expected none without certificateArn, got org. Pass the listener's default certificate as certificateArn.",
    ],
    [
      "an idle timeout that the heartbeat outlasts",
      { idleTimeoutSec: 59 },
      "idleTimeoutSec: expected at least 60 s (ping interval 25 s + ping timeout 20 s + head-room), got 59. A shorter timeout closes healthy connections. Leave it out to have it computed.",
    ],
    [
      "an idle timeout beyond AWS's",
      { idleTimeoutSec: 5000 },
      "idleTimeoutSec: expected a whole number from 1 to 4000 seconds, got 5000. Leave it out to have it computed from the heartbeat.",
    ],
    [
      "a heartbeat in milliseconds",
      { heartbeat: { pingIntervalSec: 25_000, pingTimeoutSec: 20_000 } },
      "heartbeat: expected an interval and a timeout that fit into an idle timeout of 4000 s, got 45000 s + 15 s of head-room. Ping more often; Socket.IO's defaults of 25 s and 20 s work well.",
    ],
    [
      "a ping interval of 0",
      { heartbeat: { pingIntervalSec: 0, pingTimeoutSec: 20 } },
      "heartbeat: expected pingIntervalSec and pingTimeoutSec, literal whole numbers above 0, got { pingIntervalSec: 0, pingTimeoutSec: 20 }. Timeouts are computed from them at synth. They are in seconds here, in milliseconds in Socket.IO.",
    ],
    [
      "a client keep-alive out of range",
      { clientKeepAliveSec: 59 },
      "clientKeepAliveSec: expected a whole number from 60 to 604800 seconds, got 59. AWS's default is 3600.",
    ],
    [
      "one subnet",
      { network: { vpcId: "vpc-0123456789abcdef0", publicSubnetIds: ["subnet-0123456789abcdef1"] } },
      "network.publicSubnetIds: expected at least 2, got 1 (subnet-0123456789abcdef1). An internet-facing load balancer needs two zones: pass one subnet in each.",
    ],
    [
      "one subnet twice",
      {
        network: {
          vpcId: "vpc-0123456789abcdef0",
          publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef1"],
        },
      },
      'network.publicSubnetIds: expected each subnet once, got "subnet-0123456789abcdef1". An internet-facing load balancer needs two zones: pass one subnet in each.',
    ],
    [
      "an internal one without private subnets",
      {
        internal: true,
        network: {
          vpcId: "vpc-0123456789abcdef0",
          publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
        },
      },
      "network.privateSubnetIds: expected a value, got nothing. An internal load balancer needs two zones: pass one subnet in each.",
    ],
    [
      "a name that AWS keeps for itself",
      { name: "internal-crm" },
      'name: expected a name that does not begin with "internal-", got "internal-crm". AWS reserves that prefix.',
    ],
    [
      "an unknown TLS policy",
      { sslPolicy: "TLS-9" as never },
      'sslPolicy: expected one of ELBSecurityPolicy-TLS13-1-2-Res-2021-06, ELBSecurityPolicy-TLS13-1-2-2021-06, ELBSecurityPolicy-TLS13-1-3-2021-06, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04, ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-PQ-2025-09, ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, got "TLS-9". Use one that allows TLS 1.3 and nothing below 1.2.',
    ],
    [
      "a desync mode that lets everything through",
      { desyncMitigationMode: "monitor" as never },
      'desyncMitigationMode: expected one of defensive, strictest, got "monitor". See the README for what each does.',
    ],
    [
      "a client block with host bits",
      { allowedCidrs: ["203.0.113.7/24"] },
      'allowedCidrs: expected no host bits, in the shortest spelling, got "203.0.113.7/24". Use 203.0.113.0/24.',
    ],
    [
      "an empty list of clients",
      { allowedCidrs: [] },
      "allowedCidrs: expected at least one block, prefix list or security group, got an empty list. No client could connect. Leave it out to allow every address.",
    ],
    [
      "a prefix list under a name that cannot be an address",
      { allowedPrefixListIds: { Cloud_Front: "pl-58a04531" } },
      'allowedPrefixListIds: expected names of lower-case letters, digits and single hyphens, at most 128 characters, got "Cloud_Front". The name becomes part of a resource\'s address.',
    ],
    [
      "a log folder that AWS refuses",
      { accessLogs: { bucketName: "crm-logs", prefix: "/alb/" } },
      'accessLogs.prefix: expected a folder without a slash at either end, and without AWSLogs in it, got "/alb/". For example alb, or alb/crm.',
    ],
  ];
  it.each(cases)("%s", (_, props, message) => {
    expect(refusal((stack) => void make(stack, props))).toEqual([`[test/alb] ${message}`]);
  });

  it("several problems in one error", () => {
    const props = { name: "CRM", network: null as never, certificateArn: undefined, idleTimeoutSec: 0 };
    const lines = refusal((stack) => void make(stack, props));
    expect(lines.map((line) => line.split(" ")[1])).toEqual([
      "network:",
      "name:",
      "certificateArn:",
      "idleTimeoutSec:",
      "idleTimeoutSec:",
    ]);
  });
});
