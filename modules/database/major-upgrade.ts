import { Fn, type Postcondition, TerraformSelf, Token } from "cdktf";
import { type CompleteDatabaseProps } from "./defaults";

/**
 * Fails the plan of a new major version that RDS would refuse, or would install in the maintenance window: until then the database uses the
 * old parameter group, which Terraform destroys next and RDS refuses to delete (InvalidDBParameterGroupState). At plan, `self` has the
 * version that runs. Sources: RDS API reference, ModifyDBInstance and ModifyDBCluster (EngineVersion, AllowMajorVersionUpgrade,
 * ApplyImmediately), DeleteDBParameterGroup.
 * @param major the major version of `engineVersion`
 */
export function noPendingUpgrade(
  { engine, allowMajorVersionUpgrade, applyImmediately }: CompleteDatabaseProps,
  major: string,
): Postcondition[] {
  if (allowMajorVersionUpgrade && applyImmediately) return [];
  const running = TerraformSelf.getString("engine_version_actual");
  return [
    {
      // The dot keeps 1 from fitting 18, and lets a bare 18 fit.
      condition: Token.asString(Fn.startswith(Fn.join("", [running, "."]), `${major}.`)),
      errorMessage:
        `engineVersion: the database runs ${running}, and ${engine} ${major} is another major version. Set allowMajorVersionUpgrade and ` +
        "applyImmediately to true in the same change, and remove them afterwards: an upgrade that waits for the maintenance window keeps the " +
        "old parameter group in use. If AWS has upgraded the database, set engineVersion to what runs.",
    },
  ];
}
