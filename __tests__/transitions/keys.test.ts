import { EncryptionKey, type EncryptionKeyProps, Registry, type RegistryProps, Secrets, Waf } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const accountId = "123456789012";
const region = "ap-northeast-1";

/** Builds something with a key of this configuration, which is the stack's own or another one, or without. */
const encrypted =
  (build: (kmsKeyArn: string | undefined) => Build, keyId?: string): Build =>
  (scope, surroundings) => {
    const { name } = surroundings;
    const key =
      keyId === undefined
        ? undefined
        : new EncryptionKey(scope, keyId, { name: `${name}-${keyId}`, accountId, region });
    build(key?.keyArn)(scope, surroundings);
  };

const secrets =
  (kmsKeyArn: string | undefined): Build =>
  (scope, { name }) =>
    new Secrets(scope, "secrets", { name, external: { smtp: { description: "Mail relay" } }, kmsKeyArn });

const registry =
  (kmsKeyArn: string | undefined): Build =>
  (scope, { name }) =>
    new Registry(scope, "images", { repositoryName: name, forceDelete: true, kmsKeyArn });

const waf =
  (kmsKeyArn: string | undefined): Build =>
  (scope, { name }) =>
    new Waf(scope, "waf", { name, kmsKeyArn });

itChanges([
  ...sweep<EncryptionKeyProps>(
    "EncryptionKey",
    (props) =>
      (scope, { name }) =>
        new EncryptionKey(scope, "key", { name, accountId, region, ...props }),
    { deletionWindowDays: [7], rotationPeriodDays: [90], deletionProtection: [false] },
  ),
  ...sweep<RegistryProps>(
    "Registry",
    (props) =>
      (scope, { name }) =>
        new Registry(scope, "images", { repositoryName: name, ...props }),
    { keepByTagPattern: [{ "release-*": 100 }], forceDelete: [true] },
  ),
  changes(
    "Secrets",
    "kmsKeyArn",
    ["none", encrypted(secrets)],
    ["an EncryptionKey", encrypted(secrets, "key")],
    ["another one, the first destroyed", encrypted(secrets, "other")],
  ),
  changes(
    "Waf",
    "kmsKeyArn",
    ["none", encrypted(waf)],
    ["an EncryptionKey", encrypted(waf, "key")],
    ["none, the EncryptionKey destroyed", encrypted(waf)],
  ),
  changes(
    "Registry",
    "kmsKeyArn",
    ["none", encrypted(registry)],
    ["an EncryptionKey", encrypted(registry, "key")],
    ["none, the EncryptionKey destroyed", encrypted(registry)],
  ),
]);
