import { domainNameRemedy } from "../../../modules/core/domain-name";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { DnsCertificate } from "../../../modules/dns-certificate";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";

const minimal = { domainName: "crm.example.com", zoneName: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" };
const make = (stack: TerraformStack, props: object) => new DnsCertificate(stack, "dns", { ...minimal, ...props });
const usEast1 = (stack: TerraformStack) =>
  new AwsProvider(stack, "aws-us-east-1", { region: "us-east-1", alias: "us-east-1" });
const lines = (build: (stack: TerraformStack) => void) => refusal(build).map((line) => line.replace("[test/dns] ", ""));
const refused = (props: object) => lines((stack) => void make(stack, props));
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}.example.com`);
const below = (length: number) => `${"a".repeat(length - "example.com".length - 1)}.example.com`;

it.each<[string, object]>([
  ["64 characters", { domainName: `${"a".repeat(26)}.${"b".repeat(25)}.example.com` }],
  ["64 characters and the root", { domainName: `${"a".repeat(26)}.${"b".repeat(25)}.example.com.` }],
  ["the zone's own name", { domainName: "example.com" }],
  ["a label of 63 characters", { alternativeNames: [below(75)] }],
  ["100 names", { alternativeNames: names(99) }],
  ["an international name in its own spelling", { alternativeNames: ["xn--mnchen-3ya.example.com"] }],
  ["a minute", { validationTimeoutMin: 1 }],
  ["75 minutes", { validationTimeoutMin: 75 }],
  ["a zone's shortest id", { zoneId: "Z" }],
  ["delegated: true with a zone that is there", { delegated: true }],
])("accepts %s", (_, props) => {
  expect(synthesize((stack) => void make(stack, props)).count("aws_acm_certificate")).toBe(1);
});

const domain = (prop: string, got: string) =>
  `${prop}: expected a literal domain name in lower case with no scheme, such as crm.example.com, got ${got}. ${domainNameRemedy(JSON.parse(got), prop === "alternativeNames")}`;
const outside = (prop: string, got: string) =>
  `${prop}: expected names in the zone example.com, got ${got}. The zone cannot answer for other names.`;
const idRemedy = "Copy it from the zone's details in Route 53, or leave it out to create a zone.";
const minutes = (got: string) =>
  `validationTimeoutMin: expected a whole number from 1 to 75 minutes, got ${got}. ACM takes a few minutes once DNS answers.`;

it.each<[string, object, string[]]>([
  ["a wildcard as the site's name", { domainName: "*.example.com" }, [domain("domainName", '"*.example.com"')]],
  ["capitals", { domainName: "CRM.example.com" }, [domain("domainName", '"CRM.example.com"')]],
  ["a name of one label", { zoneName: "com" }, [domain("zoneName", '"com"')]],
  [
    "65 characters",
    { domainName: `${"a".repeat(27)}.${"b".repeat(25)}.example.com` },
    ["domainName: expected at most 64 characters, got 65. Only the names in alternativeNames may be longer."],
  ],
  ["a name of another zone", { domainName: "crm.example.org" }, [outside("domainName", '"crm.example.org"')]],
  ["a name that only ends alike", { domainName: "badexample.com" }, [outside("domainName", '"badexample.com"')]],
  [
    "further names of another zone",
    { alternativeNames: ["www.example.com", "*.example.org", "example.net"] },
    [outside("alternativeNames", '"*.example.org", "example.net"')],
  ],
  [
    "two wildcards in a name",
    { alternativeNames: ["*.*.example.com"] },
    [domain("alternativeNames", '"*.*.example.com"')],
  ],
  [
    "a wildcard within a label",
    { alternativeNames: ["a*.example.com"] },
    [domain("alternativeNames", '"a*.example.com"')],
  ],
  [
    "the site's name once more",
    { alternativeNames: ["crm.example.com."] },
    [
      'alternativeNames: expected each name once, got "crm.example.com". Every certificate already includes domainName.',
    ],
  ],
  [
    "101 names",
    { alternativeNames: names(100) },
    [
      expect.stringMatching(
        /^alternativeNames: expected 0 to 99, got 100 \(n0.*AWS allows 10 names until the quota is raised\.$/,
      ) as string,
    ],
  ],
  ["no time at all", { validationTimeoutMin: 0 }, [minutes("0")]],
  ["76 minutes", { validationTimeoutMin: 76 }, [minutes("76")]],
  ["an empty zone id", { zoneId: "" }, [`zoneId: expected a value, got an empty string. ${idRemedy}`]],
  [
    "a zone's path instead of its id",
    { zoneId: "/hostedzone/Z1" },
    [`zoneId: expected an id such as Z0123456789ABCDEFGHIJ, got "/hostedzone/Z1". ${idRemedy}`],
  ],
  [
    "a zone that is there and not delegated",
    { delegated: false },
    ["delegated: expected nothing with zoneId, got false. An existing zone is assumed to be delegated."],
  ],
  [
    "the deletion of an existing zone",
    { forceDestroy: true },
    ["forceDestroy: expected nothing with zoneId, got true. An existing zone is never deleted by this module."],
  ],
  [
    "no certificate at all",
    { regionalCertificate: false },
    ["regionalCertificate: expected true without cloudfrontProvider, got false. There would be no certificate at all."],
  ],
  [
    "a region for a provider",
    { cloudfrontProvider: "us-east-1" },
    ['cloudfrontProvider: expected an AWS provider, got "us-east-1". Pass an AwsProvider with an alias.'],
  ],
])("refuses %s", (_, props, expected) => expect(refused(props)).toEqual(expected));

it("requires literal names and switches", () => {
  const said = lines((stack) => {
    const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    const list = new TerraformVariable(stack, "list", { type: "list(string)" }).listValue;
    const flag = new TerraformVariable(stack, "flag", { type: "bool" }).booleanValue;
    make(stack, {
      domainName: text,
      zoneName: text,
      alternativeNames: list,
      delegated: flag,
      regionalCertificate: flag,
    });
  });
  const later = "a value that is known only at apply";
  expect(said.map((line) => line.split(": expected")[0])).toEqual([
    "alternativeNames",
    "delegated",
    "regionalCertificate",
    "zoneName",
    "domainName",
  ]);
  expect(said.filter((line) => !line.includes(later))).toEqual([]);
});

it("accepts a zone id known only at apply", () => {
  const found = synthesize((stack) => {
    make(stack, { zoneId: new TerraformVariable(stack, "zone", { type: "string" }).stringValue });
  });
  expect(found.only("aws_route53_record")["zone_id"]).toBe("${var.zone}");
});

describe("an alias is refused", () => {
  const target = { dnsName: "a.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2" };
  const alias = (key: string, props: object) => lines((stack) => make(stack, {}).addAlias(key, { target, ...props }));
  const remedy = "Pass a load balancer or a distribution, or dnsName and hostedZoneId of one.";

  it.each<[string, string, object, string]>([
    [
      "under a bad key",
      "Site 1",
      {},
      'addAlias: expected a key of lower-case letters, digits and single hyphens, got "Site 1". It becomes part of the records\' addresses.',
    ],
    ["of another zone", "site", { domainName: "example.org" }, outside("domainName", '"example.org"')],
    ["for a wildcard", "site", { domainName: "*.example.com" }, domain("domainName", '"*.example.com"')],
    [
      "to a target without a name",
      "site",
      { target: { ...target, dnsName: "" } },
      `target.dnsName: expected a value, got an empty string. ${remedy}`,
    ],
    [
      "to a zone's name instead of its id",
      "site",
      { target: { ...target, hostedZoneId: "cloudfront.net" } },
      `target.hostedZoneId: expected an id such as Z14GRHDCWA56QT, got "cloudfront.net". ${remedy}`,
    ],
  ])("%s", (_, key, props, line) => expect(alias(key, props)).toEqual([line]));

  it("for a name or a key that already has one", () => {
    const twice = (key: string, domainName: string) =>
      lines((stack) => {
        const dns = make(stack, {});
        dns.addAlias("site", { target });
        dns.addAlias(key, { target, domainName });
      });
    expect(twice("other", "crm.example.com.")).toEqual([
      'domainName: expected a name that has no alias yet, got "crm.example.com.". A name points to one target.',
    ]);
    expect(twice("site", "www.example.com")).toEqual([
      'addAlias: expected a different key for each alias, got "site". Use another key.',
    ]);
  });
});

it("names the certificate that was not created", () => {
  expect(lines((stack) => void make(stack, {}).cloudfrontCertificateArn)).toEqual([
    "cloudfrontCertificateArn: expected a certificate that this construct creates, got none. Pass a cloudfrontProvider.",
  ]);
  const alone = (stack: TerraformStack) =>
    make(stack, { cloudfrontProvider: usEast1(stack), regionalCertificate: false });
  expect(lines((stack) => void alone(stack).certificateArn)).toEqual([
    "certificateArn: expected a certificate that this construct creates, got none. Remove regionalCertificate: false.",
  ]);
});
