import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { isOn } from "../../template-text";

export const ecrScanOnPush = new Rule({
  id: "ecr-scan-on-push",
  severity: "error",
  types: ["aws_ecr_repository"],
  controls: ["ECR.1"],
  reason: "An image must be scanned for known vulnerabilities before it runs.",
  remedy: "Set image_scanning_configuration.scan_on_push to true.",
  find: attribute("image_scanning_configuration.scan_on_push", "true", isOn),
});
