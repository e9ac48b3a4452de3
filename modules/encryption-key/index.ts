export { EncryptionKey } from "./encryption-key";
export { type EncryptionKeyProps } from "./props";
