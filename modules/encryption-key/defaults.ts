import { type WithDefaults } from "../core/props";
import { type EncryptionKeyProps } from "./props";

export const encryptionKeyDefaults = {
  deletionWindowDays: 30,
  deletionProtection: true,
  rotationPeriodDays: 365,
} as const satisfies Partial<EncryptionKeyProps>;

export type CompleteEncryptionKeyProps = WithDefaults<EncryptionKeyProps, typeof encryptionKeyDefaults>;
