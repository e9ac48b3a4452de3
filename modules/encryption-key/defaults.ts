import { type EncryptionKeyProps } from "./encryption-key";

export const encryptionKeyDefaults = {
  deletionWindowDays: 30,
  rotationPeriodDays: 365,
} as const satisfies Partial<EncryptionKeyProps>;
