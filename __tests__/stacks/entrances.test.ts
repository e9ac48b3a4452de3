import { App } from "cdktf";
import { contract } from "../../app/contract";
import { registry } from "../../environments";
import { ServiceStack } from "../../stacks/service-stack";
import { committedList, contractList } from "../helpers/contract-list";
import { ENTRANCES, entranceEnvironment, SITE } from "../helpers/entrance-environment";
import { readStack, removeRun, type Run, runProgram } from "../helpers/run-program";
import { parsed, type Template } from "../helpers/template";

let run: Run;
beforeAll(() => {
  run = runProgram("__tests__/programs/entrances.ts");
  if (run.status !== 0) throw new Error(run.stderr);
});
afterAll(() => removeRun(run));

const stack = (entrance: string) => readStack(run, `messenger-crm-${entrance}`);

it("violates no policy and has no warnings", () => {
  expect(run.stderr).toBe("");
});

it.each(ENTRANCES)("%s keeps its addresses, outputs and variables", (entrance) => {
  const current = contractList(stack(entrance));
  expect(current).toEqual(committedList(`entrance-${entrance}`, current));
});

it.each(ENTRANCES)("%s gives the site's URL to the app and to the outputs", (entrance) => {
  const origin = `https://${SITE}`;
  expect(stack(entrance).json.output?.["url"]).toMatchObject({ value: origin });
  expect(variablesOfApp(stack(entrance))).toMatchObject({
    NEXTAUTH_URL: origin,
    ALLOWED_ORIGINS: origin,
    NEXT_PUBLIC_SOCKET_URL: `wss://${SITE}`,
  });
});

describe("route53", () => {
  it("points the name to the load balancer, in an existing zone", () => {
    const template = stack("route53");
    expect(template.count("aws_route53_zone")).toBe(0);
    for (const type of ["a", "aaaa"]) {
      const record = template.resource("aws_route53_record", `dns/alias-site-${type}`);
      expect(record).toMatchObject({ zone_id: "Z0123456789ABCDEFGHIJ", name: SITE });
      expect(record["alias"]).toMatchObject({ name: expect.stringMatching(/^\$\{aws_lb\./) as unknown });
    }
  });

  it("uses the certificate once it is issued, with a regional web ACL", () => {
    const template = stack("route53");
    expect(template.resource("aws_lb_listener", "alb/https-listener")["certificate_arn"]).toMatch(
      /^\$\{aws_acm_certificate_validation\.dns_validation_/,
    );
    expect(template.only("aws_wafv2_web_acl")["scope"]).toBe("REGIONAL");
    expect(template.count("aws_wafv2_web_acl_association")).toBe(1);
    expect(template.json.output).not.toHaveProperty("name_servers");
  });
});

describe("cloudfront", () => {
  it("points the name to the distribution, and outputs the name servers of its new zone", () => {
    const template = stack("cloudfront");
    expect(template.resource("aws_route53_record", "dns/alias-site-a")["alias"]).toMatchObject({
      name: expect.stringMatching(/^\$\{aws_cloudfront_distribution\./) as unknown,
    });
    expect(template.json.output).toMatchObject({ name_servers: {}, distribution_id: {} });
  });

  it("admits only CloudFront to the load balancer, through a VPC origin", () => {
    const template = stack("cloudfront");
    expect(template.only("aws_lb")).toMatchObject({ internal: true, xff_header_processing_mode: "preserve" });
    const rules = Object.entries(template.resources("aws_vpc_security_group_ingress_rule"));
    const ofBalancer = rules.filter(([path]) => path.startsWith("alb/"));
    expect(ofBalancer.map(([path]) => path)).toEqual(["alb/ingress-https-prefix-list-cloudfront"]);
    expect(template.only("aws_cloudfront_vpc_origin")["vpc_origin_endpoint_config"]).toMatchObject([
      { origin_protocol_policy: "https-only" },
    ]);
  });

  it("has its web ACL, its certificate and a key for its log in us-east-1", () => {
    const template = stack("cloudfront");
    const usEast1 = "aws.us-east-1";
    expect(template.only("aws_wafv2_web_acl")).toMatchObject({ scope: "CLOUDFRONT", provider: usEast1 });
    expect(template.count("aws_wafv2_web_acl_association")).toBe(0);
    expect(template.resource("aws_acm_certificate", "dns/cloudfront-certificate")["provider"]).toBe(usEast1);
    expect(template.resource("aws_kms_key", "edge-key/key")["provider"]).toBe(usEast1);
    expect(template.resource("aws_cloudwatch_log_group", "waf/log-group")).toMatchObject({
      provider: usEast1,
      kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.edge-key_/) as unknown,
    });
  });

  it("has the same account and tags in the second region", () => {
    const [first, second] = stack("cloudfront").json.provider!["aws"]!;
    expect(second).toEqual({ ...first, region: "us-east-1", alias: "us-east-1" });
  });

  it("uses one key for both when the environment is in us-east-1", () => {
    const region = "us-east-1";
    const availabilityZones = ["us-east-1a", "us-east-1b"];
    const made = createStack({ ...entranceEnvironment("cloudfront"), region, availabilityZones });
    expect(made.node.tryFindChild("encryption-key")).toBeDefined();
    expect(made.node.tryFindChild("edge-key")).toBeUndefined();
  });

  it("creates no second key when the environment has no key", () => {
    const made = createStack({ ...entranceEnvironment("cloudfront"), customerManagedKey: false });
    expect(made.node.tryFindChild("edge-key")).toBeUndefined();
  });

  it("refuses a heartbeat that is longer than its read timeout", () => {
    const socket = { ...contract.container.socket, heartbeat: { pingIntervalSec: 50, pingTimeoutSec: 20 } };
    const slower = { ...contract, container: { ...contract.container, socket } } as unknown as typeof contract;
    expect(() => createStack(entranceEnvironment("cloudfront"), slower)).toThrow(
      "[messenger-crm-test/cdn] readTimeoutSec: expected at least 65 s (ping interval 50 s + head-room), got 60. Idle long-polling requests would end in 504.",
    );
  });

  it("refuses a name that is not in its zone", () => {
    const entrance = { kind: "cloudfront", domainName: "crm.example.org", zoneName: "example.com" } as const;
    expect(() => createStack({ ...entranceEnvironment("cloudfront"), entrance })).toThrow(
      '[messenger-crm-test/dns] domainName: expected names in the zone example.com, got "crm.example.org". The zone cannot answer for other names.',
    );
  });
});

describe("cloudfront with a secret header", () => {
  it("has a public load balancer that admits only CloudFront's addresses, on port 443 over IPv4", () => {
    const template = stack("header");
    expect(template.only("aws_lb")).toMatchObject({
      internal: false,
      ip_address_type: "ipv4",
      xff_header_processing_mode: "preserve",
    });
    const rules = Object.keys(template.resources("aws_vpc_security_group_ingress_rule"));
    expect(rules.filter((path) => path.startsWith("alb/"))).toEqual(["alb/ingress-https-prefix-list-cloudfront"]);
    expect(Object.keys(template.resources("aws_lb_listener"))).toEqual(["alb/https-listener"]);
    expect(template.count("aws_cloudfront_vpc_origin")).toBe(0);
  });

  it("sends the header that the load balancer requires, from a sensitive variable", () => {
    const template = stack("header");
    expect(template.only("aws_cloudfront_distribution")["origin"]).toMatchObject([
      { custom_header: [{ name: "x-origin-verify", value: "${var.origin_secret}" }] },
    ]);
    expect(template.resource("aws_lb_listener", "alb/https-listener")["default_action"]).toMatchObject([
      { type: "fixed-response", fixed_response: { status_code: "403" } },
    ]);
    const values = ["${var.origin_secret}", "${coalesce(var.origin_secret_other, var.origin_secret)}"];
    expect(template.only("aws_lb_listener_rule")["condition"]).toEqual([
      { http_header: { http_header_name: "x-origin-verify", values } },
    ]);
    expect(template.json.variable).toMatchObject({
      origin_secret: { sensitive: true, nullable: false },
      origin_secret_other: { sensitive: true, nullable: false, default: "" },
    });
    expect(template.json.variable!["origin_secret"]).not.toHaveProperty("default");
    // Lower case only, and no wildcard characters of the load balancer.
    expect(template.json.variable!["origin_secret"]!["validation"]).toMatchObject([
      { condition: '${can(regex("^[0-9a-z]{32,128}$", var.origin_secret))}' },
    ]);
  });

  it("is reached over IPv4 even when the environment has IPv6", () => {
    expect(JSON.stringify(createStack({ ...entranceEnvironment("header"), ipv6: true }).toTerraform())).not.toContain(
      '"dualstack"',
    );
  });
});

function createStack(environment: ReturnType<typeof entranceEnvironment>, given = contract): ServiceStack {
  return new ServiceStack(new App({ stackTraces: false }), "messenger-crm-test", {
    contract: given,
    environment,
    registry,
    backend: "local",
  });
}

/** Returns the environment variables of the app's container that are known at synth. */
function variablesOfApp(template: Template): Record<string, unknown> {
  const definitions = parsed(template.only("aws_ecs_task_definition")["container_definitions"]);
  const app = (definitions as { name: string; environment: { name: string; value: unknown }[] }[]).find(
    ({ name }) => name === "app",
  );
  return Object.fromEntries(app!.environment.map(({ name, value }) => [name, value]));
}
