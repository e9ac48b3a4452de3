import { eachContainer } from "../../containers";
import { Rule } from "../../rule";

function isPinned(image: unknown): boolean {
  if (typeof image !== "string") return false;
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag !== undefined && tag !== "latest";
}

export const ecsPinnedImage = new Rule({
  id: "ecs-pinned-image",
  severity: "error",
  types: ["aws_ecs_task_definition"],
  controls: [],
  reason: "With :latest the running version is unknown, and a rollback cannot restore the previous one.",
  remedy: "Reference the image by digest or by an immutable tag.",
  find: eachContainer("image", "a digest or a tag other than latest", isPinned),
});
