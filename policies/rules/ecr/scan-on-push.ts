import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecrScanOnPush = new Rule({
  id: "ecr-scan-on-push",
  severity: "error",
  types: ["aws_ecr_repository"],
  controls: ["ECR.1"],
  reason: "Known holes in an image have to be known before it runs.",
  remedy: "Set scan_on_push.",
  find: attribute("image_scanning_configuration.scan_on_push", "true", isOn),
});
