import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { AwsError } from "./errors";

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Returns who the credentials belong to.
 * @param expectedAccount the account that is to be changed
 * @throws AwsError when they belong to another account
 */
export async function identityIn(sts: STSClient, expectedAccount: string, label: string): Promise<Identity> {
  const { Account: accountId = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  if (accountId !== expectedAccount) {
    throw new AwsError(
      `${label}: expected credentials of account ${expectedAccount}, got ${arn} of account ${accountId}. Choose another AWS_PROFILE.`,
    );
  }
  return { accountId, arn };
}
