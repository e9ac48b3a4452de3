import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { type AlbServiceProps, AlbWebsocket, type AlbWebsocketProps } from "../../../modules/alb-websocket";
import { priorityFor } from "../../../modules/alb-websocket/routing";
import { Cdn } from "../../../modules/cdn";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const network = {
  vpcId: "vpc-0123456789abcdef0",
  publicSubnetIds: ["subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
};
const certificateArn = "arn:aws:acm:ap-northeast-1:123456789012:certificate/0123abcd";
const NAME = "x-origin-verify";

function secret(stack: TerraformStack, id = "secret"): string {
  return new TerraformVariable(stack, id, { type: "string", sensitive: true }).stringValue;
}

type Services = Readonly<Record<string, Partial<AlbServiceProps>>>;

function make(stack: TerraformStack, services: Services, requiredHeader: AlbWebsocketProps["requiredHeader"]) {
  const allowedPrefixListIds = { cloudfront: "pl-0123456789abcdef0" };
  const props = { name: "crm", network, certificateArn, allowedPrefixListIds, requiredHeader };
  const alb = new AlbWebsocket(stack, "alb", props);
  const targets = Object.entries(services).map(([id, service]) =>
    alb.addService(id, { containerPort: 3000, keepAliveTimeoutSec: 65, ...service }),
  );
  return { alb, targets };
}

const HEADER = { http_header: { http_header_name: NAME, values: ["${var.secret}"] } };

describe("a load balancer that requires a header", () => {
  const template = synthesize((stack) => {
    const services = { app: {}, api: { hosts: ["api.example.com"], paths: ["/v1/*", "/v2/*"] } };
    const { targets } = make(stack, services, { name: NAME, values: [secret(stack)] });
    new TerraformOutput(stack, "ready", { value: "yes", dependsOn: [...targets[0]!.dependencies] });
  });

  it("answers 403 to requests that no rule matches", () => {
    expect(template.resource("aws_lb_listener", "alb/https-listener")["default_action"]).toEqual([
      {
        type: "fixed-response",
        fixed_response: { content_type: "text/plain", message_body: "Forbidden", status_code: "403" },
      },
    ]);
  });

  it("forwards nothing without the header, and evaluates the default service's rule last", () => {
    const rules = template.resources("aws_lb_listener_rule");
    expect(rules).toMatchObject({
      "alb/rule-50000": { priority: 50_000, condition: [HEADER], action: [{ type: "forward" }] },
      "alb/rule-20139": {
        priority: priorityFor("api", new Set([50_000])),
        condition: [
          { host_header: { values: ["api.example.com"] } },
          { path_pattern: { values: ["/v1/*", "/v2/*"] } },
          HEADER,
        ],
      },
    });
    expect(Object.keys(rules)).toHaveLength(2);
  });

  it("exposes the rule as a dependency of the service", () => {
    expect(template.json.output!["ready"]!["depends_on"]).toEqual([
      expect.stringMatching(/^\$\{aws_lb_listener_rule\.alb_rule-50000_/),
    ]);
  });

  it("accepts two values during a rotation", () => {
    const changing = synthesize((stack) => {
      make(stack, { app: {} }, { name: NAME, values: [secret(stack), secret(stack, "next")] });
    });
    expect(changing.only("aws_lb_listener_rule")["condition"]).toEqual([
      { http_header: { http_header_name: NAME, values: ["${var.secret}", "${var.next}"] } },
    ]);
  });

  it("exposes the header's name, so that a distribution that sends another header is refused", () => {
    const build = (name: string) => (stack: TerraformStack) => {
      const value = secret(stack);
      const { alb: origin } = make(stack, { app: {} }, { name: NAME, values: [value] });
      const certificate = certificateArn.replace("ap-northeast-1", "us-east-1");
      const site = { name: "crm", domainNames: ["crm.example.com"], certificateArn: certificate, origin };
      new Cdn(stack, "cdn", { ...site, originAccess: "secret-header", secretHeader: { name, value } });
    };
    expect(synthesize(build(NAME)).only("aws_cloudfront_distribution")["origin"]).toMatchObject([
      { custom_header: [{ name: NAME, value: "${var.secret}" }] },
    ]);
    expect(refusal(build("x-other"))).toEqual([expect.stringContaining(`expected "${NAME}", which`)]);
  });
});

describe("a load balancer refuses", () => {
  type Header = NonNullable<AlbWebsocketProps["requiredHeader"]>;
  type Given = (stack: TerraformStack) => Partial<Header>;
  const build = (header: Given, services: Services) => (stack: TerraformStack) =>
    void make(stack, services, { name: NAME, values: [], ...header(stack) });
  const refused = (header: Given, services: Services = {}) => refusal(build(header, services));
  const taken = (header: Given, services: Services = {}) => synthesize(build(header, services)).count("aws_lb") === 1;
  const many = (count: number) => (stack: TerraformStack) => ({
    values: [..."abcd"].slice(0, count).map((id) => secret(stack, id)),
  });

  it.each<[string, Given, string]>([
    [
      "a value in plain text",
      () => ({ values: ["hunter2"] }),
      "requiredHeader.values: expected a value that is known only at apply, got a literal. Take it from a sensitive variable or a secret, so that it is not in the synthesized JSON.",
    ],
    [
      "no value",
      () => ({}),
      "requiredHeader.values: expected 1 to 3, got 0. Pass one value, and a second one while rotating it.",
    ],
    [
      "more values than leave room for hosts and paths",
      many(4),
      "requiredHeader.values: expected 1 to 3, got 4. Pass one value, and a second one while rotating it.",
    ],
    [
      "a standard header",
      (stack) => ({ name: "host", values: [secret(stack)] }),
      'requiredHeader.name: expected a header of your own in lower case that begins with x-, at most 40 characters, got "host". For example x-origin-verify.',
    ],
    [
      "a longer name than a rule takes",
      (stack) => ({ name: `x-${"a".repeat(39)}`, values: [secret(stack)] }),
      `requiredHeader.name: expected a header of your own in lower case that begins with x-, at most 40 characters, got "x-${"a".repeat(39)}". For example x-origin-verify.`,
    ],
  ])("%s", (_, header, message) => {
    expect(refused(header)).toEqual([`[test/alb] ${message}`]);
  });

  it("no name of 3 to 40 characters", () => {
    expect(taken((stack) => ({ name: `x-${"a".repeat(38)}`, values: [secret(stack)] }))).toBe(true);
    expect(taken((stack) => ({ name: "x-a", values: [secret(stack)] }))).toBe(true);
  });

  it("a rule with more than five hosts, paths and header values in total", () => {
    const paths = (count: number) => ({ api: { paths: ["/a", "/b", "/c"].slice(0, count) } });
    expect(taken(many(3), paths(2))).toBe(true);
    expect(refused(many(3), paths(3))).toEqual([
      "[test/alb/service-api] hosts, paths: expected at most 2 values in one rule besides those of requiredHeader, got 3. Use wildcards.",
    ]);
  });

  it("the priority that is reserved for the last rule", () => {
    const numbered = (priority: number) => ({ api: { paths: ["/v1/*"], priority } });
    expect(taken(many(1), numbered(49_999))).toBe(true);
    expect(refused(many(1), numbered(50_000))).toEqual([
      "[test/alb/service-api] priority: expected a whole number from 1 to 49999, got 50000. Leave it out to have it computed.",
    ]);
  });
});
