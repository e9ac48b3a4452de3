import { unless } from "../../finders";
import { Rule } from "../../rule";

export const ecrLifecycle = new Rule({
  id: "ecr-lifecycle",
  severity: "error",
  types: ["aws_ecr_repository"],
  controls: ["ECR.3"],
  reason: "Without a lifecycle policy, old and vulnerable images accumulate for ever.",
  remedy: "Add an aws_ecr_lifecycle_policy for the repository.",
  find: (repository, configuration) =>
    unless(
      configuration.pointingAt(repository, "aws_ecr_lifecycle_policy", "repository").length > 0,
      "aws_ecr_lifecycle_policy",
      "one for this repository",
      undefined,
    ),
});
