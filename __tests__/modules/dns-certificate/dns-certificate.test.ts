import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, TerraformOutput } from "cdktf";
import { DnsCertificate, type DnsCertificateProps } from "../../../modules/dns-certificate";
import { synthesize } from "../../helpers/synth";

const minimal: DnsCertificateProps = { domainName: "crm.example.com", zoneName: "example.com" };
const make = (stack: TerraformStack, props: Partial<DnsCertificateProps> = {}) =>
  new DnsCertificate(stack, "dns", { ...minimal, ...props });
const usEast1 = (stack: TerraformStack) =>
  new AwsProvider(stack, "aws-us-east-1", { region: "us-east-1", alias: "us-east-1" });
const template = (props: Partial<DnsCertificateProps> = {}) => synthesize((stack) => void make(stack, props));
const both = (props: Partial<DnsCertificateProps> = {}) =>
  synthesize((stack) => void make(stack, { cloudfrontProvider: usEast1(stack), ...props }));
const existing = { zoneId: "Z0123456789ABCDEFGHIJ" };

const CERTIFICATE = "aws_acm_certificate.dns_certificate_096CFE58";
const ZONE = "aws_route53_zone.dns_zone_2E2729FB";
const option = (field: string, name: string) =>
  `\${one([for option in ${CERTIFICATE}.domain_validation_options : option.${field} if option.domain_name == "${name}"])}`;

describe("a name in an existing zone", () => {
  const found = template(existing);

  it("creates exactly these resources", () => {
    expect(found.counts()).toEqual({
      aws_acm_certificate: 1,
      aws_acm_certificate_validation: 1,
      aws_route53_record: 1,
    });
  });

  it("requests the new certificate before the old one is destroyed", () => {
    expect(found.only("aws_acm_certificate")).toEqual({
      domain_name: "crm.example.com",
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("creates ACM's validation record in the zone", () => {
    expect(found.only("aws_route53_record")).toEqual({
      zone_id: existing.zoneId,
      name: option("resource_record_name", "crm.example.com"),
      type: option("resource_record_type", "crm.example.com"),
      records: [option("resource_record_value", "crm.example.com")],
      ttl: 300,
      allow_overwrite: false,
      lifecycle: { ignore_changes: ["name", "type", "records"] },
    });
  });

  it("waits up to ten minutes for validation, with no precondition", () => {
    expect(found.only("aws_acm_certificate_validation")).toEqual({
      lifecycle: { create_before_destroy: true },
      certificate_arn: `\${${CERTIFICATE}.arn}`,
      timeouts: { create: "10m" },
      depends_on: ["aws_route53_record.dns_validation-crmexamplecom_61209D20"],
    });
  });

  it("waits as long as configured", () => {
    const validation = template({ ...existing, validationTimeoutMin: 75 }).only("aws_acm_certificate_validation");
    expect(validation["timeouts"]).toEqual({ create: "75m" });
  });
});

describe("a zone that it creates", () => {
  const found = template();

  it("is created, and not destroyed while it has other records", () => {
    expect(found.only("aws_route53_zone")).toEqual({
      name: "example.com",
      comment: "Managed by Terraform",
      force_destroy: false,
    });
    expect(template({ forceDestroy: true }).only("aws_route53_zone")["force_destroy"]).toBe(true);
  });

  it("holds the records", () => {
    expect(found.only("aws_route53_record")["zone_id"]).toBe(`\${${ZONE}.zone_id}`);
  });

  it("fails the apply if the parent zone does not delegate, and names the name servers", () => {
    expect(found.only("aws_acm_certificate_validation")["lifecycle"]).toEqual({
      create_before_destroy: true,
      precondition: [
        {
          condition: `\${length([for server in ${ZONE}.name_servers : server if false]) > 0}`,
          error_message:
            "test/dns: the zone example.com exists, but its parent does not delegate to it yet. Enter its name servers at the registrar, or as NS records " +
            `in the parent zone: \${join(", ", ${ZONE}.name_servers)}. Then set delegated to true and apply again.`,
        },
      ],
    });
  });

  it("waits for validation once it is delegated", () => {
    const { lifecycle } = template({ delegated: true }).only("aws_acm_certificate_validation");
    expect(lifecycle).not.toHaveProperty("precondition");
  });

  it("exposes its id and its name servers", () => {
    const outputs = synthesize((stack) => {
      const dns = make(stack);
      new TerraformOutput(stack, "servers", { value: dns.nameServers });
      new TerraformOutput(stack, "id", { value: dns.zoneId });
    });
    expect(outputs.json.output).toMatchObject({
      servers: { value: `\${${ZONE}.name_servers}` },
      id: { value: `\${${ZONE}.zone_id}` },
    });
    synthesize((stack) => expect(make(stack, existing)).toMatchObject({ zoneId: existing.zoneId, zone: undefined }));
    synthesize((stack) => expect(make(stack, existing).nameServers).toBeUndefined());
  });
});

describe("a certificate for CloudFront", () => {
  const found = both(existing);

  it("is created by the provider of us-east-1, and validated by the existing records", () => {
    expect(found.counts()).toEqual({
      aws_acm_certificate: 2,
      aws_acm_certificate_validation: 2,
      aws_route53_record: 1,
    });
    expect(found.resource("aws_acm_certificate", "dns/cloudfront-certificate")).toMatchObject({
      provider: "aws.us-east-1",
      domain_name: "crm.example.com",
      lifecycle: { create_before_destroy: true },
    });
    expect(found.resource("aws_acm_certificate_validation", "dns/cloudfront-validation")).toEqual({
      provider: "aws.us-east-1",
      certificate_arn: "${aws_acm_certificate.dns_cloudfront-certificate_B5BD22A9.arn}",
      timeouts: { create: "10m" },
      depends_on: ["aws_route53_record.dns_validation-crmexamplecom_61209D20"],
      lifecycle: {
        create_before_destroy: true,
        precondition: [
          {
            condition:
              '${(element(split(":", aws_acm_certificate.dns_cloudfront-certificate_B5BD22A9.arn), 3) == "us-east-1")}',
            error_message:
              "test/dns: a certificate for CloudFront must be in us-east-1. Pass a provider of that region.",
          },
        ],
      },
    });
  });

  it("waits for the delegation too", () => {
    const { lifecycle } = both().resource("aws_acm_certificate_validation", "dns/cloudfront-validation");
    expect((lifecycle as { precondition: unknown[] }).precondition).toHaveLength(2);
  });

  it("can be the only one", () => {
    const alone = both({ ...existing, regionalCertificate: false });
    expect(alone.counts()).toEqual({
      aws_acm_certificate: 1,
      aws_acm_certificate_validation: 1,
      aws_route53_record: 1,
    });
    expect(alone.only("aws_acm_certificate")["provider"]).toBe("aws.us-east-1");
    expect(String(alone.only("aws_route53_record")["name"])).toContain("dns_cloudfront-certificate_B5BD22A9");
  });
});

it("exposes the ARNs of issued certificates", () => {
  const outputs = synthesize((stack) => {
    const dns = make(stack, { ...existing, cloudfrontProvider: usEast1(stack) });
    new TerraformOutput(stack, "regional", { value: dns.certificateArn });
    new TerraformOutput(stack, "cloudfront", { value: dns.cloudfrontCertificateArn });
  });
  expect(outputs.json.output).toMatchObject({
    regional: { value: "${aws_acm_certificate_validation.dns_validation_4B1B67C1.certificate_arn}" },
    cloudfront: { value: "${aws_acm_certificate_validation.dns_cloudfront-validation_E4A3D514.certificate_arn}" },
  });
});

describe("several names", () => {
  it("are all on the certificate; a name and its wildcard share a validation record", () => {
    const alternativeNames = ["*.crm.example.com", "www.example.com.", "example.com"];
    const found = template({ ...existing, alternativeNames });
    expect(found.only("aws_acm_certificate")["subject_alternative_names"]).toEqual([
      "*.crm.example.com",
      "www.example.com",
      "example.com",
    ]);
    expect(Object.keys(found.resources("aws_route53_record"))).toEqual([
      "dns/validation-crm.example.com",
      "dns/validation-example.com",
      "dns/validation-www.example.com",
    ]);
  });

  it("lose a trailing dot", () => {
    const found = template({ domainName: "crm.example.com.", zoneName: "example.com." });
    expect(found.only("aws_acm_certificate")["domain_name"]).toBe("crm.example.com");
    expect(found.only("aws_route53_zone")["name"]).toBe("example.com");
  });
});

describe("alias records", () => {
  const target = { dnsName: "crm-1.ap-northeast-1.elb.amazonaws.com", hostedZoneId: "Z14GRHDCWA56QT" };
  const record = (name: string, type: string) => ({
    zone_id: existing.zoneId,
    name,
    type,
    alias: { name: target.dnsName, zone_id: target.hostedZoneId, evaluate_target_health: false },
  });

  it("point the site's name to the target, over IPv4 and IPv6", () => {
    const found = synthesize((stack) => make(stack, existing).addAlias("site", { target }));
    expect(found.resource("aws_route53_record", "dns/alias-site-a")).toEqual(record("crm.example.com", "A"));
    expect(found.resource("aws_route53_record", "dns/alias-site-aaaa")).toEqual(record("crm.example.com", "AAAA"));
  });

  it("may have another name, and be IPv4 only", () => {
    const found = synthesize((stack) =>
      make(stack, existing).addAlias("apex", { target, domainName: "example.com.", ipv6: false }),
    );
    expect(found.resource("aws_route53_record", "dns/alias-apex-a")).toEqual(record("example.com", "A"));
    expect(found.count("aws_route53_record")).toBe(2);
  });
});
