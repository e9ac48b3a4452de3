import * as fc from "fast-check";
import { EncryptionKey, type EncryptionKeyProps } from "../../../modules/encryption-key";
import { type Target } from "../target";
import { spoiled } from "./spoil";
import { accountId, baseName, number, within } from "./values";

const props = fc.record(
  {
    name: baseName,
    region: fc.oneof(
      { weight: 9, arbitrary: fc.constant("ap-northeast-1") },
      { weight: 1, arbitrary: fc.constant("cn-north-1") },
    ),
    accountId,
    deletionWindowDays: number(within(7, 30)),
    deletionProtection: fc.boolean(),
    rotationPeriodDays: number(within(90, 2560)),
  },
  { requiredKeys: ["name", "region", "accountId"] },
);

export const encryptionKey: Target = {
  name: "encryption-key",
  data: spoiled(props),
  build: (stack, id, data: EncryptionKeyProps) => void new EncryptionKey(stack, id, data),
};
