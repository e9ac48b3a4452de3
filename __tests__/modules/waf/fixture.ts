import { type TerraformStack } from "cdktf";
import { Waf, type WafProps } from "../../../modules/waf";
import { synthesize } from "../../helpers/synth";
import { type Block } from "../../helpers/template";

export const make = (stack: TerraformStack, props: Partial<WafProps> = {}) =>
  new Waf(stack, "waf", { name: "crm", ...props });

export const waf = (props: Partial<WafProps> = {}) => synthesize((stack) => void make(stack, props));

export type RuleBlock = Block & { name: string; priority: number };

export const rules = (props: Partial<WafProps> = {}) =>
  Object.fromEntries(
    (waf(props).only("aws_wafv2_web_acl")["rule"] as RuleBlock[]).map(({ name, ...rule }) => [name, rule]),
  );

export const priorities = (props: Partial<WafProps> = {}) =>
  Object.fromEntries(Object.entries(rules(props)).map(([name, { priority }]) => [name, priority]));

export const answer429 = (seconds: string) => ({
  block: {
    custom_response: {
      response_code: 429,
      custom_response_body_key: "too-many-requests",
      response_header: [{ name: "Retry-After", value: seconds }],
    },
  },
});

export const overrides = (names: string[]) => names.map((name) => ({ name, action_to_use: { count: {} } }));
