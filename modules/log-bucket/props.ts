import * as kind from "../core/kinds";
import { type Writer } from "./writers";

export interface LogBucketProps {
  /** Stem of all physical names in here, for example `messenger-crm-prod`. */
  readonly name: string;
  /** The 12 digits of the account: bucket names are unique in the world, and only resources of this account may write. */
  readonly accountId: string;
  /**
   * Name of the bucket. Changing it makes a new bucket and deletes the old one, logs and all.
   * @default made from name and account id
   */
  readonly bucketName?: string;
  /**
   * Days to keep the logs, 1 to 3653. They hold IP addresses, paths and query strings.
   * @default 90
   */
  readonly retentionDays?: number;
  /**
   * AWS services that may write.
   * @default ["load-balancer"]
   */
  readonly writers?: readonly Writer[];
  /**
   * Folders that writers may use besides the root: each `prefix` of an access log has to be named here.
   * @default none
   */
  readonly prefixes?: readonly string[];
  /**
   * Whether `terraform destroy` deletes the logs with the bucket; false makes it fail while there are any.
   * @default false
   */
  readonly forceDestroy?: boolean;
}

export const PROPS: kind.Shape<LogBucketProps> = {
  name: kind.string,
  accountId: kind.string,
  bucketName: kind.string,
  retentionDays: kind.number,
  writers: kind.array(kind.string),
  prefixes: kind.array(kind.string),
  forceDestroy: kind.boolean,
};
