import { attribute } from "../../finders";
import { Rule } from "../../rule";

export const ecrImmutableTags = new Rule({
  id: "ecr-immutable-tags",
  severity: "error",
  types: ["aws_ecr_repository"],
  controls: ["ECR.2"],
  reason: "A mutable tag may point to an image other than the one that was tested.",
  remedy: "Set image_tag_mutability to IMMUTABLE.",
  find: attribute("image_tag_mutability", "IMMUTABLE", (value) => value === "IMMUTABLE"),
});
