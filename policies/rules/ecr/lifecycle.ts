import { unless } from "../../finders";
import { Rule } from "../../rule";

export const ecrLifecycle = new Rule({
  id: "ecr-lifecycle",
  severity: "error",
  types: ["aws_ecr_repository"],
  controls: ["ECR.3"],
  reason: "Images pile up for ever, old holes included.",
  remedy: "Add an aws_ecr_lifecycle_policy.",
  find: (repository, configuration) =>
    unless(
      configuration.pointingAt(repository, "aws_ecr_lifecycle_policy", "repository").length > 0,
      "aws_ecr_lifecycle_policy",
      "one for this repository",
      undefined,
    ),
});
