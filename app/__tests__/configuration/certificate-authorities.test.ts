import { X509Certificate } from "node:crypto";
import { validRdsAuthorities } from "../../server/configuration/certificate-authorities";

test("includes RDS's authorities of the regions in use, and no expired ones", () => {
  const now = new Date("2026-11-01");
  const certificates = validRdsAuthorities(now).map((pem) => new X509Certificate(pem));
  for (const region of ["ap-northeast-1", "ap-northeast-3", "us-east-1"]) {
    // rds-ca-rsa2048-g1 is what a new database gets (RDS User Guide, "Using SSL/TLS").
    expect(certificates.some(({ subject }) => subject.includes(`Amazon RDS ${region} Root CA RSA2048 G1`))).toBe(true);
  }
  expect(certificates.filter(({ validTo }) => new Date(validTo) <= now)).toEqual([]);
});
