import { set, without } from "../mutation";
import { type RuleCase, ruleCase } from "./rule-case";
import { REPOSITORY } from "./subjects";

export const ecrCases: readonly RuleCase[] = [
  ruleCase("ecr-immutable-tags", REPOSITORY, set("image_tag_mutability", "MUTABLE"), "image_tag_mutability"),
  ruleCase(
    "ecr-lifecycle",
    REPOSITORY,
    without("aws_ecr_lifecycle_policy", "registry/lifecycle-policy", "repository"),
    "aws_ecr_lifecycle_policy",
  ),
  ruleCase(
    "ecr-scan-on-push",
    REPOSITORY,
    set("image_scanning_configuration.scan_on_push", false),
    "image_scanning_configuration.scan_on_push",
  ),
];
