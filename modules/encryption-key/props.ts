import { type TerraformProvider } from "cdktf";
import * as kind from "../core/kinds";

export interface EncryptionKeyProps {
  /** Stem of the alias, `alias/<name>`. */
  readonly name: string;
  /** Region of the key and of everything that it encrypts, a literal: `ap-northeast-1`. */
  readonly region: string;
  /** Account of the key, a literal: the key policy names the account before the key exists. */
  readonly accountId: string;
  /**
   * Provider for the key's region.
   * @default the provider of the stack
   */
  readonly provider?: TerraformProvider | undefined;
  /**
   * Days in which a deleted key can be restored, 7 to 30. After that, everything that it encrypted is lost.
   * @default 30
   */
  readonly deletionWindowDays?: number | undefined;
  /**
   * Whether Terraform refuses every plan that destroys the key, because snapshots and backups that outlive their database need it. Set it to
   * false only for a key whose data may be lost.
   * @default true
   */
  readonly deletionProtection?: boolean | undefined;
  /**
   * Days between two rotations by AWS, 90 to 2560. Data encrypted before a rotation stays readable.
   * @default 365
   */
  readonly rotationPeriodDays?: number | undefined;
}

export const PROPS: kind.Shape<EncryptionKeyProps> = {
  name: kind.string,
  region: kind.string,
  accountId: kind.string,
  provider: kind.unknown,
  deletionWindowDays: kind.number,
  deletionProtection: kind.boolean,
  rotationPeriodDays: kind.number,
};
