import { type ProblemCatalogue } from "../../core/problem";

/** The problems that only the WAF module reports. */
export const wafProblems = {
  "waf/capacity": {
    summary: "The rules need more capacity than a web ACL has.",
    why: "A web ACL has 5000 capacity units (WAF developer guide, Web ACL capacity units).",
  },
  "waf/cloudfront-association": {
    summary: "A web ACL for CloudFront has associations.",
    why: "A distribution refers to its web ACL itself; AWS has no association for it.",
  },
  "waf/ip-set-size": {
    summary: "A list has more addresses than an IP set holds.",
    why: 'AWS refuses more than 10,000 blocks of one IP version at apply (WAF developer guide, "AWS WAF quotas").',
  },
  "waf/all-addresses": {
    summary: "An IP set holds a block of all addresses.",
    why: "WAF accepts every prefix length but /0 (WAF API reference, IPSet).",
  },
  "waf/name": {
    summary: "The name of a rule or an association is not in kebab-case or is too long.",
    why: "It becomes part of Terraform addresses and metric names, which must not change later.",
  },
  "waf/rule-name-taken": {
    summary: "A custom rule has the name of another rule.",
    why: "Rule names are unique within a web ACL, and metrics are named after them.",
  },
  "waf/handwritten-statement": {
    summary: "A custom rule's statement was not made by a function of this module.",
    why: "cdktf does not type statements, so a handwritten one fails at apply or matches nothing.",
  },
  "waf/group-action": {
    summary: "A rule group has an action other than count.",
    why: "The rules of a group have their own actions; a web ACL can only override them with count.",
  },
  "waf/field": {
    summary: "A statement does not name exactly one part of a request.",
    why: "A WAF statement inspects one field.",
  },
  "waf/not-nestable": {
    summary: "A rate limit, a rule group or something other than a statement is nested in a statement.",
    why: "WAF allows rate limits and rule groups only at the top of a rule.",
  },
  "waf/nesting-depth": {
    summary: "Statements are nested too deeply.",
    why: "The provider's schema ends at three levels of `and`, `or` and `not`, two in a scope-down statement.",
  },
  "waf/no-statement": {
    summary: "`and()` or `or()` was called without a statement.",
    why: "WAF has no empty statement.",
  },
  "waf/regular-expression": {
    summary: "A regular expression does not compile, or uses syntax that WAF does not support.",
    why: 'WAF refuses it at apply (WAF developer guide, "Supported regular expression syntax in AWS WAF").',
  },
  "waf/text-size": {
    summary: "A text or a regular expression is empty or too long.",
    why: "WAF accepts 200 bytes of text and 512 characters of a regular expression (WAF developer guide, AWS WAF quotas).",
  },
  "waf/never-matches": {
    summary: "A statement compares a field in lower case with text that has capitals.",
    why: "It would match no request: WAF transforms the request, not the text (WAF developer guide, Text transformations).",
  },
  "waf/reference-scope": {
    summary: "A rule refers to an IP set or a rule group of another scope than the web ACL's.",
    why: "A web ACL of a distribution uses only what has the scope CLOUDFRONT, any other only what is regional; AWS refuses the rest at apply (WAFV2 API reference, CreateWebACL).",
  },
  "waf/country-code": {
    summary: "A country is not given by its two-letter code, does not exist, or no country is given.",
    why: "WAF accepts the codes of ISO 3166 alpha-2 in capitals, and XK for Kosovo (WAFV2 API reference, GeoMatchStatement).",
  },
} as const satisfies ProblemCatalogue;
