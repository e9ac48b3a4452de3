import { randomInt } from "node:crypto";
import { DescribeAvailabilityZonesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { VerifyAwsError } from "./errors";

const PREFIX = "verify";
/** An environment's name has at most 12 characters, and every physical name of its stack fits AWS's limits then. */
const RANDOM_LENGTH = 6;
const CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** The profile `small` spreads over two zones. */
const ZONES = 2;

/** Returns a name for an environment that no other has: one of about two billion (36⁶). */
export function throwawayName(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]!);
  return `${PREFIX}${random.join("")}`;
}

/** Returns the account that the credentials belong to. */
export async function ownAccount(sts: STSClient): Promise<string> {
  const { Account = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return Account;
}

/** Returns two zones of the region that the account may use. @throws VerifyAwsError when there are fewer */
export async function twoZones(ec2: EC2Client, region: string): Promise<readonly string[]> {
  const query = new DescribeAvailabilityZonesCommand({
    Filters: [
      { Name: "state", Values: ["available"] },
      { Name: "zone-type", Values: ["availability-zone"] },
    ],
  });
  const { AvailabilityZones = [] } = await ec2.send(query);
  const names = AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []).sort();
  if (names.length >= ZONES) return names.slice(0, ZONES);
  throw new VerifyAwsError(
    `${region}: expected ${ZONES} availability zones, got ${names.join(", ") || "none"}. Choose another --region.`,
  );
}
