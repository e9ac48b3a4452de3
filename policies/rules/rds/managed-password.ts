import { all, attribute } from "../../finders";
import { Rule, type Finder } from "../../rule";
import { isOn } from "../../template-text";

/** Requires that no password is set, without showing it. */
function noPassword(name: string): Finder {
  return (resource) =>
    resource.value(name) === undefined ? [] : [{ attribute: name, expected: "none", got: "a password" }];
}

export const rdsManagedPassword = new Rule({
  id: "rds-managed-password",
  severity: "error",
  types: ["aws_db_instance", "aws_rds_cluster"],
  when: ({ type, body }) =>
    type !== "aws_db_instance" ||
    (body["replicate_source_db"] === undefined && body["snapshot_identifier"] === undefined),
  controls: [],
  reason:
    "A password in the configuration is stored in the state and in every plan; RDS can store and rotate it instead.",
  remedy: "Set manage_master_user_password to true and remove the password.",
  find: (resource, configuration) =>
    all(
      attribute("manage_master_user_password", "true", isOn),
      ...["password", "master_password"].map((name) => noPassword(name)),
    )(resource, configuration),
});
