import { finding } from "../../finders";
import { blocksOf } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

export const wafRedaction = new Rule({
  id: "waf-redaction",
  severity: "error",
  types: ["aws_wafv2_web_acl_logging_configuration"],
  controls: [],
  reason: "WAF logs contain complete headers, including session cookies and tokens.",
  remedy: "Add the headers authorization and cookie to redacted_fields.",
  find: (logging) => {
    const fields = logging.blocks("redacted_fields");
    if (!fields) return [];
    const headers = fields.map(({ single_header: header }) => blocksOf(header)?.[0]?.["name"]);
    return ["authorization", "cookie"]
      .filter((name) => !headers.some((header) => header === name || isTemplate(header)))
      .map((name) =>
        finding(
          "redacted_fields",
          `the header ${name}`,
          headers.filter((header) => header !== undefined),
        ),
      );
  },
});
