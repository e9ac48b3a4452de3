import { type Environment } from "../../environments";
import { PROFILE_NAMES } from "../../environments/profiles";
import { dev } from "../../environments/dev";
import { defineEnvironment } from "../../environments/define-environment";
import { profileEnvironment } from "../helpers/profile-environment";
import { synthesizedEnvironment } from "../helpers/synthesized-environment";

describe("a disposable environment leaves no trace of its database", () => {
  it.each([
    ["an instance", dev.database, "aws_db_instance"],
    ["Aurora", profileEnvironment("enterprise").database, "aws_rds_cluster"],
  ] as const)("%s", (_, database, type) => {
    const environment = defineEnvironment({ ...dev, database });
    expect(synthesizedEnvironment(environment).only(type)).toMatchObject({
      deletion_protection: false,
      skip_final_snapshot: true,
      delete_automated_backups: true,
    });
  });
});

/** Whether Terraform refuses to destroy the key that encrypts the environment's data. */
function protectedKey(environment: Environment): unknown {
  const { lifecycle } = synthesizedEnvironment(environment).resource("aws_kms_key", "encryption-key/key");
  return (lifecycle as Record<string, unknown>)["prevent_destroy"];
}

it.each(PROFILE_NAMES)("the key of snapshots and backups stays in the profile %s", (profile) => {
  expect(protectedKey(profileEnvironment(profile))).toBe(true);
});

it("the key of a disposable environment goes with its data", () => {
  expect(protectedKey(defineEnvironment({ ...dev, customerManagedKey: true }))).toBeUndefined();
});

it("any other environment keeps its backups and a final snapshot", () => {
  expect(synthesizedEnvironment(profileEnvironment("small")).only("aws_db_instance")).toMatchObject({
    deletion_protection: true,
    skip_final_snapshot: false,
    delete_automated_backups: false,
  });
});
