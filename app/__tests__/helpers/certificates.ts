import { execFile } from "node:child_process";
import { chownSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverAccount } from "../../../tools/servers/account";

const run = promisify(execFile);

/**
 * Creates a certificate authority (ca.pem) and a certificate for "localhost" that it signed (server.pem, server.key), and another authority
 * (other.pem). The account of the test servers may read them.
 */
export async function makeCertificates(folder: string): Promise<void> {
  const openssl = (...args: string[]) => run("openssl", args, { cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  for (const ca of ["ca", "other"]) {
    await openssl(
      "req",
      "-x509",
      ...newKey,
      "-keyout",
      `${ca}.key`,
      "-out",
      `${ca}.pem`,
      "-days",
      "2",
      "-subj",
      `/CN=${ca}`,
    );
  }
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  await openssl("req", ...newKey, "-keyout", "server.key", "-out", "server.csr", ...name);
  const sign = ["-CA", "ca.pem", "-CAkey", "ca.key", "-days", "2", "-copy_extensions", "copy"];
  await openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", ...sign);
  const account = serverAccount();
  for (const file of ["server.key", "server.pem"]) if (account) chownSync(join(folder, file), account.uid, account.gid);
}
