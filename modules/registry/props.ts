import * as kind from "../core/kinds";

export interface RegistryProps {
  /**
   * Name of the repository, for example `messenger-crm`, in lower case; it may contain a path (`crm/messenger`). Changing it replaces
   * the repository.
   */
  readonly repositoryName: string;
  /**
   * Number of tagged images to keep, newest first; 2 to 10,000. Older images are deleted even while deployed: running tasks continue,
   * but new ones cannot start. Storage costs $0.10 per GB and month.
   * @default 30
   */
  readonly keepTaggedImages?: number | undefined;
  /**
   * Tag patterns with a count of their own, which takes precedence over `keepTaggedImages`: `{ "release-*": 100 }`.
   * @default none
   */
  readonly keepByTagPattern?: Readonly<Record<string, number>> | undefined;
  /**
   * Days after which an image without a tag is deleted, 1 to 3650.
   * @default 7
   */
  readonly expireUntaggedAfterDays?: number | undefined;
  /**
   * Customer managed key for the image layers. Changing it replaces the repository and deletes every image in it.
   * @default AES-256 with a key that AWS owns
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Ids of other AWS accounts that may pull images, so that one image can be promoted from account to account.
   * @default none
   */
  readonly pullAccountIds?: readonly string[] | undefined;
  /**
   * Whether destroying the repository also deletes the images in it. Without it, AWS refuses to delete a repository with images.
   * @default false
   */
  readonly forceDelete?: boolean | undefined;
}

export const PROPS: kind.Shape<RegistryProps> = {
  repositoryName: kind.string,
  keepTaggedImages: kind.number,
  keepByTagPattern: kind.record(kind.number),
  expireUntaggedAfterDays: kind.number,
  kmsKeyArn: kind.string,
  pullAccountIds: kind.array(kind.string),
  forceDelete: kind.boolean,
};
