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

/** Synthesizes one database, and lets the test look at the construct too. */
export function database(props: Partial<DatabaseProps> = {}, look?: (made: Database) => void): Template {
  return synthesize((stack) => {
    const made = new Database(stack, "database", { ...minimal, ...props });
    look?.(made);
  });
}

/** The lines with which the props are refused. */
export function refused(props: Partial<DatabaseProps>): string[] {
  return refusal((stack) => void new Database(stack, "database", { ...minimal, ...props }));
}
