import { finding } from "../../finders";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const cloudfrontHttps = new Rule({
  id: "cloudfront-https",
  severity: "error",
  types: ["aws_cloudfront_distribution"],
  controls: ["CloudFront.3"],
  reason: "Over plain HTTP, session cookies and messages travel unencrypted.",
  remedy: "Set viewer_protocol_policy to https-only, or to redirect-to-https for pages.",
  find: (distribution) =>
    ["default_cache_behavior", "ordered_cache_behavior"].flatMap((block) =>
      (distribution.blocks(block) ?? [])
        .map((behavior) => behavior["viewer_protocol_policy"])
        .filter((policy) => !isTemplate(policy) && policy !== "https-only" && policy !== "redirect-to-https")
        .map((policy) => finding(`${block}.viewer_protocol_policy`, "https-only or redirect-to-https", policy)),
    ),
});
