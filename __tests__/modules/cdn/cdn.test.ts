import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack, TerraformVariable } from "cdktf";
import { Cdn, type CdnProps } from "../../../modules/cdn";
import { synthesize } from "../../helpers/synth";
import { type Block } from "../../helpers/template";

const CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
const minimal: CdnProps = {
  name: "crm-prod",
  domainNames: ["crm.example.com"],
  certificateArn: CERTIFICATE,
  origin: {
    loadBalancerArn:
      "arn:aws:elasticloadbalancing:ap-northeast-1:123456789012:loadbalancer/app/crm-alb/0123456789abcdef",
    dnsName: "internal-crm-alb-1.ap-northeast-1.elb.amazonaws.com",
    scheme: "https",
    idleTimeoutSec: 60,
  },
};
const made = (props: Partial<CdnProps> = {}) =>
  synthesize((stack) => void new Cdn(stack, "cdn", { ...minimal, ...props }));
const distribution = (props: Partial<CdnProps> = {}) => made(props).only("aws_cloudfront_distribution");
const secret = (stack: TerraformStack) =>
  new TerraformVariable(stack, "secret", { type: "string", sensitive: true }).stringValue;

const CACHED = "${aws_cloudfront_cache_policy.cdn_cache-policy_930E7989.id}";
const HEADERS = "${aws_cloudfront_response_headers_policy.cdn_response-headers-policy_0FA3DFBD.id}";

describe("a distribution with its defaults", () => {
  const template = made();
  const found = template.only("aws_cloudfront_distribution");

  it("creates exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_cloudfront_cache_policy: 1,
      aws_cloudfront_distribution: 1,
      aws_cloudfront_response_headers_policy: 1,
      aws_cloudfront_vpc_origin: 1,
      terraform_data: 1,
    });
  });

  it("supports HTTP/1.1 to HTTP/3 and both IP versions, over TLS 1.2 or newer", () => {
    expect(found).toMatchObject({
      enabled: true,
      aliases: ["crm.example.com"],
      http_version: "http2and3",
      is_ipv6_enabled: true,
      price_class: "PriceClass_All",
      viewer_certificate: {
        acm_certificate_arn: CERTIFICATE,
        minimum_protocol_version: "TLSv1.2_2021",
        ssl_support_method: "sni-only",
      },
    });
    expect(found).not.toHaveProperty("web_acl_id");
    expect(found).not.toHaveProperty("lifecycle");
  });

  it("reaches a private load balancer through a VPC origin, over TLS", () => {
    expect(template.only("aws_cloudfront_vpc_origin")["vpc_origin_endpoint_config"]).toEqual([
      {
        name: expect.stringMatching(/^crm-prod-origin-\$\{substr\(sha256\(.*\), 0, 8\)\}$/) as unknown,
        arn: minimal.origin.loadBalancerArn,
        http_port: 80,
        https_port: 443,
        origin_protocol_policy: "https-only",
        origin_ssl_protocols: [{ items: ["TLSv1.2"], quantity: 1 }],
      },
    ]);
    expect(found["origin"]).toEqual([
      {
        origin_id: "load-balancer",
        domain_name: minimal.origin.dnsName,
        vpc_origin_config: {
          vpc_origin_id: "${aws_cloudfront_vpc_origin.cdn_vpc-origin_B192CA8F.id}",
          origin_read_timeout: 60,
          origin_keepalive_timeout: 30,
        },
      },
    ]);
  });

  const uncached = {
    target_origin_id: "load-balancer",
    allowed_methods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cached_methods: ["GET", "HEAD"],
    cache_policy_id: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    origin_request_policy_id: "216adef6-5c7f-47e4-b989-5492eafa07d3",
    response_headers_policy_id: HEADERS,
    compress: false,
  };

  it("forwards pages, sockets and the API with all that the client sent, and caches nothing", () => {
    expect(found["default_cache_behavior"]).toEqual({ ...uncached, viewer_protocol_policy: "redirect-to-https" });
    const [sockets, api] = found["ordered_cache_behavior"] as Block[];
    expect(sockets).toEqual({ ...uncached, path_pattern: "/socket.io/*", viewer_protocol_policy: "https-only" });
    expect(api).toEqual({ ...uncached, path_pattern: "/api/*", viewer_protocol_policy: "https-only" });
  });

  it("caches static files, compressed, with only path and host in the cache key", () => {
    expect((found["ordered_cache_behavior"] as Block[]).slice(2)).toEqual([
      {
        target_origin_id: "load-balancer",
        path_pattern: "/_next/static/*",
        allowed_methods: ["GET", "HEAD", "OPTIONS"],
        cached_methods: ["GET", "HEAD"],
        cache_policy_id: CACHED,
        response_headers_policy_id: HEADERS,
        compress: true,
        viewer_protocol_policy: "redirect-to-https",
      },
    ]);
    expect(template.only("aws_cloudfront_cache_policy")).toMatchObject({
      name: "crm-prod-files",
      min_ttl: 0,
      default_ttl: 86_400,
      max_ttl: 31_536_000,
      parameters_in_cache_key_and_forwarded_to_origin: {
        enable_accept_encoding_brotli: true,
        enable_accept_encoding_gzip: true,
        headers_config: { header_behavior: "whitelist", headers: { items: ["Host"] } },
        cookies_config: { cookie_behavior: "none" },
        query_strings_config: { query_string_behavior: "none" },
      },
    });
  });

  it("caches no errors, so that one client's 503 is not served to others", () => {
    const errors = found["custom_error_response"] as { error_code: number; error_caching_min_ttl: number }[];
    expect(errors.map(({ error_code: code }) => code)).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
    expect(errors.every(({ error_caching_min_ttl: seconds }) => seconds === 0)).toBe(true);
  });

  it("adds the security headers that the app does not send", () => {
    expect(template.only("aws_cloudfront_response_headers_policy")).toMatchObject({
      name: "crm-prod-security",
      security_headers_config: {
        strict_transport_security: { access_control_max_age_sec: 31_536_000, override: false },
        content_type_options: { override: true },
        frame_options: { frame_option: "DENY", override: false },
        referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: false },
      },
    });
  });
});

describe("a public load balancer", () => {
  const found = synthesize((stack) => {
    const secretHeader = { name: "x-origin-verify", value: secret(stack) };
    new Cdn(stack, "cdn", { ...minimal, originAccess: "secret-header", secretHeader });
  });

  it("receives the secret header", () => {
    expect(found.count("aws_cloudfront_vpc_origin")).toBe(0);
    expect(found.only("aws_cloudfront_distribution")["origin"]).toEqual([
      {
        origin_id: "load-balancer",
        domain_name: minimal.origin.dnsName,
        custom_header: [{ name: "x-origin-verify", value: "${var.secret}" }],
        custom_origin_config: {
          http_port: 80,
          https_port: 443,
          origin_protocol_policy: "https-only",
          origin_ssl_protocols: ["TLSv1.2"],
          origin_read_timeout: 60,
          origin_keepalive_timeout: 30,
        },
      },
    ]);
  });
});

describe("access logs", () => {
  const found = synthesize((stack) => {
    const provider = new AwsProvider(stack, "aws-us-east-1", { region: "us-east-1", alias: "us-east-1" });
    new Cdn(stack, "cdn", { ...minimal, provider, accessLogs: { bucketName: "crm-logs-123456789012" } });
  });

  it("are delivered from us-east-1 to the bucket, under AWS's path", () => {
    const provider = "aws.us-east-1";
    expect(found.only("aws_cloudwatch_log_delivery_source")).toEqual({
      provider,
      name: "crm-prod-cdn",
      log_type: "ACCESS_LOGS",
      resource_arn: "${aws_cloudfront_distribution.cdn_distribution_0B80AA6B.arn}",
    });
    expect(found.only("aws_cloudwatch_log_delivery_destination")).toEqual({
      provider,
      name: "crm-prod-cdn",
      output_format: "json",
      delivery_destination_configuration: [{ destination_resource_arn: "arn:aws:s3:::crm-logs-123456789012" }],
    });
    const delivery = found.only("aws_cloudwatch_log_delivery");
    expect(delivery).toMatchObject({ provider });
    expect(delivery).not.toHaveProperty("s3_delivery_configuration");
    expect(JSON.stringify(delivery["lifecycle"])).toContain(
      "test/cdn: CloudFront delivers its logs from us-east-1. Pass a provider of that region.",
    );
  });

  it("contain neither cookies nor query strings", () => {
    const fields = found.only("aws_cloudwatch_log_delivery")["record_fields"] as string[];
    expect(fields).toContain("cs-uri-stem");
    expect(fields.filter((field) => /query|cookie/i.test(field))).toEqual([]);
  });
});

it("applies every option", () => {
  const webAclArn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/crm/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
  const found = made({
    webAclArn,
    domainNames: ["crm.example.com.", "*.crm.example.com"],
    priceClass: "PriceClass_200",
    ipv6: false,
    socketPath: "/ws/",
    apiPaths: ["/v1/*", "/trpc/*"],
    cachedPaths: [],
    hstsMaxAgeSec: 1,
    origin: { ...minimal.origin, scheme: "http" },
  });
  const set = found.only("aws_cloudfront_distribution");
  expect(set).toMatchObject({
    web_acl_id: webAclArn,
    aliases: ["crm.example.com", "*.crm.example.com"],
    price_class: "PriceClass_200",
    is_ipv6_enabled: false,
  });
  expect((set["ordered_cache_behavior"] as Block[]).map((behavior) => behavior["path_pattern"])).toEqual([
    "/ws/*",
    "/v1/*",
    "/trpc/*",
  ]);
  const endpoint = found.only("aws_cloudfront_vpc_origin")["vpc_origin_endpoint_config"] as Block[];
  expect(endpoint[0]).toMatchObject({ origin_protocol_policy: "http-only" });
});

it("exposes the attributes that alias records and logs need", () => {
  const outputs = synthesize((stack) => {
    const cdn = new Cdn(stack, "cdn", minimal);
    const outputs = { id: cdn.distributionId, arn: cdn.distributionArn, name: cdn.dnsName, zone: cdn.hostedZoneId };
    for (const [id, value] of Object.entries(outputs)) new TerraformOutput(stack, id, { value });
  });
  const attribute = (name: string) => ({ value: `\${aws_cloudfront_distribution.cdn_distribution_0B80AA6B.${name}}` });
  expect(outputs.json.output).toMatchObject({
    id: attribute("id"),
    arn: attribute("arn"),
    name: attribute("domain_name"),
    zone: attribute("hosted_zone_id"),
  });
});

it("checks values known only at apply with preconditions", () => {
  const found = synthesize((stack) => {
    const number = (name: string) => new TerraformVariable(stack, name, { type: "number" }).numberValue;
    const certificateArn = new TerraformVariable(stack, "certificate", { type: "string" }).stringValue;
    const origin = { ...minimal.origin, idleTimeoutSec: number("idle") };
    new Cdn(stack, "cdn", { ...minimal, certificateArn, origin, readTimeoutSec: number("read") });
  });
  const { precondition } = found.only("aws_cloudfront_distribution")["lifecycle"] as { precondition: Block[] };
  expect(precondition.map((condition) => condition["error_message"])).toEqual([
    "readTimeoutSec: expected 40 (ping interval and head-room) to 180 s; idle long-polling requests would end in 504.",
    "keepaliveTimeoutSec: expected less than the load balancer's idle timeout; otherwise the load balancer sometimes closes a connection while a request is on its way, which fails with 502.",
    "certificateArn: expected a certificate in us-east-1, whatever the stack's region is.",
  ]);
  expect(String(precondition[0]!["condition"])).toMatch(/var\.read >= 40.*var\.read <= 180/);
  expect(String(precondition[1]!["condition"])).toContain("30 < var.idle");
});

it("accepts the shortest timeouts and the longest heartbeat that fit", () => {
  expect(distribution({ readTimeoutSec: 40, keepaliveTimeoutSec: 59 })["enabled"]).toBe(true);
  const heartbeat = { pingIntervalSec: 165, pingTimeoutSec: 420 };
  expect(distribution({ heartbeat, readTimeoutSec: 180 })["enabled"]).toBe(true);
});
