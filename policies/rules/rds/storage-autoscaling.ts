import { attribute } from "../../finders";
import { Rule } from "../../rule";
import { numberOf } from "../../template-text";

export const rdsStorageAutoscaling = new Rule({
  id: "rds-storage-autoscaling",
  severity: "error",
  types: ["aws_db_instance"],
  when: ({ body }) => body["replicate_source_db"] === undefined,
  controls: [],
  reason: "When storage is full, every write fails.",
  remedy: "Set max_allocated_storage above allocated_storage.",
  find: attribute(
    "max_allocated_storage",
    "a limit above the allocated storage",
    (value) => (numberOf(value) ?? 0) > 0,
  ),
});
