import { EncryptionKey, type EncryptionKeyProps } from "../../../modules/encryption-key";
import { type Examples } from "./example";

const valid: EncryptionKeyProps = { name: "crm-prod", region: "ap-northeast-1", accountId: "123456789012" };

export const encryptionKeyExamples: Examples = {
  "encryption-key/region": (stack) => new EncryptionKey(stack, "key", { ...valid, region: "Tokyo" }),
  "encryption-key/account-id": (stack) => new EncryptionKey(stack, "key", { ...valid, accountId: "12345" }),
  "encryption-key/provider": (stack) => new EncryptionKey(stack, "key", { ...valid, provider: "us-east-1" as never }),
};
