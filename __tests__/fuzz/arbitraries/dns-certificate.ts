import * as fc from "fast-check";
import { DnsCertificate, type AliasProps, type DnsCertificateProps } from "../../../modules/dns-certificate";
import { type Target } from "../target";
import { edgeProvider, withProps } from "./edge-provider";
import { hostileKey } from "./hostile";
import { spoiled } from "./spoil";
import { key, number, some, text, within } from "./values";

const name = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("example.com", "crm.example.com", "a.b.example.com") },
  { weight: 1, arbitrary: fc.constantFrom("example.com.", "crm.example.org") },
);
const hostedZone = text(fc.stringMatching(/^Z[A-Z0-9]{5,20}$/));

const names = fc.record(
  {
    domainName: name,
    alternativeNames: some(fc.oneof(name, fc.constantFrom("*.example.com", "*.crm.example.com")), 0, 2),
    zoneName: fc.constantFrom("example.com", "example.com."),
    createValidationRecords: fc.boolean(),
    regionalCertificate: fc.constantFrom(true, true, false),
    validationTimeoutMin: number(within(1, 75)),
  },
  { requiredKeys: ["domainName", "zoneName"] },
);
const zone = fc.oneof(
  fc.record({ zoneId: hostedZone }),
  fc.record({ delegated: fc.boolean(), forceDestroy: fc.boolean() }, { requiredKeys: [] }),
);
const alias = fc.record(
  {
    target: fc.record({ dnsName: text(fc.constant("d111111abcdef8.cloudfront.net")), hostedZoneId: hostedZone }),
    domainName: name,
    ipv6: fc.boolean(),
  },
  { requiredKeys: ["target"] },
);
const aliasKey = fc.oneof({ weight: 9, arbitrary: key }, { weight: 1, arbitrary: hostileKey });

interface Given {
  readonly props: DnsCertificateProps;
  readonly cloudfront: boolean;
  readonly aliases: readonly (readonly [string, AliasProps])[];
}

export const dnsCertificate: Target = {
  name: "dns-certificate",
  data: fc.record({
    props: spoiled(fc.tuple(names, zone).map(([first, second]) => ({ ...first, ...second }))),
    cloudfront: fc.boolean(),
    aliases: fc.array(fc.tuple(aliasKey, spoiled(alias)), { maxLength: 2 }),
  }),
  build: (stack, id, { props, cloudfront, aliases }: Given) => {
    const dns = new DnsCertificate(
      stack,
      id,
      cloudfront ? withProps(props, { cloudfrontProvider: edgeProvider(stack) }) : props,
    );
    for (const [aliasKey, aliasProps] of aliases) dns.addAlias(aliasKey, aliasProps);
  },
};
