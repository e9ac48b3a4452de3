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

it("any other environment keeps its backups and a final snapshot", () => {
  expect(synthesizedEnvironment(profileEnvironment("small")).only("aws_db_instance")).toMatchObject({
    deletion_protection: true,
    skip_final_snapshot: false,
    delete_automated_backups: false,
  });
});
