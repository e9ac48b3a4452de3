import * as kind from "../core/kinds";
import { type Writer, WRITERS } from "./writers";

export interface LogBucketProps {
  /** Stem of all physical names in this construct, for example `messenger-crm-prod`. */
  readonly name: string;
  /** The 12 digits of the account. It makes the bucket's name globally unique, and only resources of this account may write. */
  readonly accountId: string;
  /**
   * Name of the bucket. Changing it creates a new bucket and deletes the old one with its logs.
   * @default derived from `name` and `accountId`
   */
  readonly bucketName?: string | undefined;
  /**
   * Days to keep the logs, 1 to 3653. Logs hold IP addresses, paths and query strings.
   * @default 90
   */
  readonly retentionDays?: number | undefined;
  /**
   * AWS services that may write to the bucket.
   * @default ["load-balancer"]
   */
  readonly writers?: readonly Writer[] | undefined;
  /**
   * Folders that writers may use besides the root. Each `prefix` of an access log must be listed here.
   * @default none
   */
  readonly prefixes?: readonly string[] | undefined;
  /**
   * Whether `terraform destroy` deletes the logs with the bucket. With false it fails while the bucket holds logs.
   * @default false
   */
  readonly forceDestroy?: boolean | undefined;
}

export const PROPS: kind.Shape<LogBucketProps> = {
  name: kind.string,
  accountId: kind.string,
  bucketName: kind.string,
  retentionDays: kind.number,
  writers: kind.array(kind.oneOf(WRITERS, "The README describes each of them.")),
  prefixes: kind.array(kind.string),
  forceDestroy: kind.boolean,
};
