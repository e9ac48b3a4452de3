import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { contract } from "../../app/contract";
import { ROOT } from "../helpers/run-program";

const { contractLabel, contractVersion } = contract.container.image;

/** What image and stack have to agree on, by the version that was published with it. */
const PUBLISHED: Readonly<Record<string, string>> = {
  "1": "5f9307ef1e98106d",
};

function fingerprint(): string {
  const { environment, port, user, migrateCommand, health, socket } = contract.container;
  const agreed = {
    environment: Object.keys(environment).sort(),
    secrets: Object.keys(contract.secrets).sort(),
    migrationSecrets: Object.keys(contract.migrationSecrets).sort(),
    database: contract.database,
    port,
    user,
    migrateCommand,
    health,
    socketPath: socket.path,
  };
  return createHash("sha256").update(JSON.stringify(agreed)).digest("hex").slice(0, 16);
}

it("labels the image with the version of the contract", () => {
  const dockerfile = readFileSync(join(ROOT, "app/Dockerfile"), "utf8");
  expect(dockerfile).toContain(`LABEL ${contractLabel}="${contractVersion}"\n`);
});

it("has another version when image and stack have to agree on something else: raise contractVersion, and add it here", () => {
  expect(PUBLISHED[contractVersion]).toBe(fingerprint());
});
