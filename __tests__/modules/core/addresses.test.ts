import { isEmailAddress } from "../../../modules/core/email-address";
import { domainNameRemedy, isHostName } from "../../../modules/core/domain-name";
import { isHttpsUrl } from "../../../modules/core/https-url";

it.each([
  "ops@example.com",
  "first.last+tag@mail.example.co.jp",
  "o'neil@example.com",
  "OPS@Example.COM",
  "x@xn--mnchen-3ya.de",
])("%j is an e-mail address", (text) => expect(isEmailAddress(text)).toBe(true));

it.each([
  "ops",
  "@example.com",
  "ops@",
  "ops@example",
  "ops@@example.com",
  "a@b@example.com",
  "ops@example.com.",
  ".ops@example.com",
  "ops.@example.com",
  "o..ps@example.com",
  "ops@-example.com",
  "ops@exa mple.com",
  "ops @example.com",
  "ops@example..com",
  "Ops <ops@example.com>",
  "mailto:ops@example.com",
  "ops@example.com,dev@example.com",
  "ops@example.com ",
  "名前@example.com",
  `${"a".repeat(65)}@example.com`,
  `a@${`${"b".repeat(60)}.`.repeat(5)}com`,
])("%j is not an e-mail address", (text) => expect(isEmailAddress(text)).toBe(false));

it.each([
  "https://alerts.example.com",
  "https://alerts.example.com/a/b?c=d&e=%20",
  "https://events.pagerduty.com:8443/x",
  "https://203.0.113.7/hook",
])("%j is an https URL", (text) => expect(isHttpsUrl(text)).toBe(true));

it.each([
  "http://alerts.example.com",
  "https://",
  "https://.",
  "https:///x",
  "https://alerts",
  "https:alerts.example.com",
  "https://exa mple.com",
  "https://-bad-.com",
  "https://alerts.example.com:99999",
  "https://user:password@alerts.example.com",
  "https://alerts.example.com/#x",
  "https://alerts.example.com/ ",
  "https://alerts.example.com\\x",
  "https://alerts.example.com/名前",
  "HTTPS://alerts.example.com",
  `https://alerts.example.com/${"x".repeat(2048)}`,
])("%j is not an https URL that AWS can call", (text) => expect(isHttpsUrl(text)).toBe(false));

it.each([
  ["crm.example.com", true],
  ["internal-Crm-1.ap-northeast-1.elb.amazonaws.com", true],
  ["d111111abcdef8.cloudfront.net.", true],
  ["https://crm.example.com", false],
  ["crm.example.com:443", false],
  ["crm.example.com/x", false],
  ["crm", false],
  ["crm.example.com ", false],
])("%j is the DNS name of a host: %p", (text, expected) => expect(isHostName(text)).toBe(expected));

it.each([
  ["https://crm.example.com/x", "Leave out the scheme, the port and the path."],
  ["crm.example.com:8080", "Leave out the port and the path."],
  ["crm.example.com ", "Remove the white space around it."],
  ["CRM.example.com", "Write crm.example.com."],
  ["münchen.de", "Write xn--mnchen-3ya.de."],
  ["crm_prod.example.com", "A host name has no underscores."],
  ["*.example.com", "Name one host; a wildcard belongs in a certificate's names."],
  ["crm", "Add its domain, such as crm.example.com."],
  [`${"a".repeat(64)}.com`, "A label has at most 63 characters; one has 64."],
  [`${`${"a".repeat(60)}.`.repeat(5)}com`, "A name has at most 253 characters; this one has 308."],
  ["crm.example.1", "Each label consists of letters, digits and inner hyphens, and the last one begins with a letter."],
  [7, "Write the name out as text: it is compared at synth."],
])("the remedy for the domain name %j: %s", (value, remedy) => expect(domainNameRemedy(value)).toBe(remedy));
