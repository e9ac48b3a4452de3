import { Database, type DatabaseProps } from "../../../modules/database";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

export const minimal: DatabaseProps = {
  name: "crm-dev",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
};

/** The condition that a plan without both switches keeps major version 17; __tests__/transitions/refused/database-upgrade.test.ts tries it. */
export const KEEPS_VERSION_17 = '${startswith(join("", [self.engine_version_actual, "."]), "17.")}';

/** Synthesizes one database and passes the construct to `look`. */
export function database(props: Partial<DatabaseProps> = {}, look?: (made: Database) => void): Template {
  return synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, ...props });
    look?.(made);
  });
}

/** Returns the lines of the error for these props. */
export function refused(props: Partial<DatabaseProps>): string[] {
  return refusal((stack) => void new Database(stack, "database", { ...minimal, ...props }));
}
