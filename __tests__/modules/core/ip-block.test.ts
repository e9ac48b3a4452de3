import { App, TerraformStack } from "cdktf";
import fc from "fast-check";
import { Checks } from "../../../modules/core/checks";
import { checkIpBlocks, parseIpBlock } from "../../../modules/core/ip-block";

it.each([
  ["10.1.2.3/16", 4, "10.1.0.0/16"],
  ["0.0.0.0/0", 4, "0.0.0.0/0"],
  ["::/0", 6, "::/0"],
  ["2001:DB8:0:0::1/32", 6, "2001:db8::/32"],
  ["2001:db8:1:2:3:4:5:6/128", 6, "2001:db8:1:2:3:4:5:6/128"],
  ["2001:db8:ffff::/47", 6, "2001:db8:fffe::/47"],
  ["ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/100", 6, "ffff:ffff:ffff:ffff:ffff:ffff:f000:0/100"],
  ["::ffff:192.0.2.1/128", 6, "::ffff:c000:201/128"],
  ["::192.0.2.1/128", 6, "::c000:201/128"],
  ["2001:db8:0:1:0:0:0:1/128", 6, "2001:db8:0:1::1/128"],
  ["1:0:2:3:4:5:6:7/128", 6, "1:0:2:3:4:5:6:7/128"],
])("reads %s", (text, version, canonical) => {
  expect(parseIpBlock(text)).toEqual({ version, canonical });
});

it.each([
  "",
  "10.0.0.0",
  "10.0.0.0/33",
  "::",
  "::/129",
  "::/01",
  "fe80::1%eth0/64",
  "1::2::3/64",
  "::/64/64",
  "abc/8",
  "::01.2.3.4/96",
  "::/+64",
])("refuses %p", (text) => {
  expect(parseIpBlock(text)).toBeUndefined();
});

it("spells every IPv6 address as the URL standard does", () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const expected = new URL(`http://[${address}]/`).hostname.slice(1, -1);
      expect(parseIpBlock(`${address}/128`)).toEqual({ version: 6, canonical: `${expected}/128` });
    }),
  );
});

it("reports every invalid block", () => {
  const checks = new Checks(new TerraformStack(new App(), "test"));
  checkIpBlocks(checks, "blocks", ["10.0.0.0/8", "10.0.0.0/8", "10.0.0.1/8", "x"]);
  expect(() => checks.throwIfInvalid()).toThrow(
    [
      '[test] blocks: expected no host bits, in the shortest spelling, got "10.0.0.1/8". Use 10.0.0.0/8. (core/ip-block-spelling)',
      '[test] blocks: expected literal IPv4 or IPv6 CIDRs, for example 203.0.113.0/24 or 2001:db8::/32, got "x". A single address ends in /32 or /128. (core/ip-block)',
      '[test] blocks: expected each block once, got "10.0.0.0/8". Remove the repeated block. (core/duplicate)',
    ].join("\n"),
  );
});
