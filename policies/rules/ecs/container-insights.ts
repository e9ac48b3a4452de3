import { attribute } from "../../finders";
import { blocksOf } from "../../resource";
import { Rule } from "../../rule";
import { isTemplate } from "../../template-text";

function insightsOn(value: unknown): boolean {
  return (blocksOf(value) ?? []).some(
    ({ name, value: setting }) =>
      name === "containerInsights" && (isTemplate(setting) || setting === "enabled" || setting === "enhanced"),
  );
}

export const ecsContainerInsights = new Rule({
  id: "ecs-container-insights",
  severity: "error",
  types: ["aws_ecs_cluster"],
  controls: ["ECS.12"],
  reason: "Without Container Insights there is no metric of running tasks.",
  remedy: "Set the containerInsights setting to enabled.",
  find: attribute("setting", "containerInsights enabled or enhanced", insightsOn),
});
