import { type Check } from "./check";
import { image } from "./checks/image";
import { logGroup } from "./checks/log-group";
import { quotas } from "./checks/quotas";
import { secretAccess } from "./checks/secret-access";
import { stackCertificate } from "./checks/stack-certificate";
import { stackSecrets } from "./checks/stack-secrets";
import { targetGroup } from "./checks/target-group";
import { wayOut } from "./checks/way-out";

/**
 * What a deployment needs before it begins.
 * @param given digest or tag of the image; `undefined` for the one that a deployment without one would run
 */
export function verifyChecks(given: string | undefined): readonly Check[] {
  return [image(given), stackSecrets, secretAccess, stackCertificate, targetGroup, logGroup, wayOut, quotas];
}
