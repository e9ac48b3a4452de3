import { Fn, Token } from "cdktf";
import { isUnresolved } from "./tokens";

/**
 * Region names of each partition. AWS adds regions, so only the form of a name is checked.
 * Source: botocore, data/partitions.json (`regionRegex`).
 */
const REGIONS: Readonly<Record<string, RegExp>> = {
  aws: /^(?!cn-)[a-z]{2}-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/,
  "aws-cn": /^cn-[a-z]+-\d{1,2}$/,
  "aws-us-gov": /^us-gov-[a-z]+-\d{1,2}$/,
  "aws-eusc": /^eusc-[a-z]{2}-[a-z]+-\d{1,2}$/,
  "aws-iso": /^us-iso-[a-z]+-\d{1,2}$/,
  "aws-iso-b": /^us-isob-[a-z]+-\d{1,2}$/,
  "aws-iso-e": /^eu-isoe-[a-z]+-\d{1,2}$/,
  "aws-iso-f": /^us-isof-[a-z]+-\d{1,2}$/,
};

/** What host names and regional service principals end in, where it is not `amazonaws.com`. Source: botocore, data/partitions.json (`dnsSuffix`). */
const DNS_SUFFIXES: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-eusc": "amazonaws.eu",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
};

const DNS_SUFFIX = "amazonaws.com";

export function dnsSuffixOf(partition: string): string {
  return DNS_SUFFIXES[partition] ?? DNS_SUFFIX;
}

/**
 * Returns the DNS suffix of a location: of its region where that is known at synth, otherwise an expression of its partition.
 * @param partition a text, or one that is known only at apply
 */
export function dnsSuffixIn(partition: string, region: string | undefined): string {
  const known = region === undefined ? undefined : partitionOf(region);
  if (known !== undefined) return dnsSuffixOf(known);
  return isUnresolved(partition)
    ? Token.asString(Fn.lookup(DNS_SUFFIXES, partition, DNS_SUFFIX))
    : dnsSuffixOf(partition);
}

export const PARTITIONS: readonly string[] = Object.keys(REGIONS);

/** Returns the partition of a region, `aws-cn` for `cn-north-1`; `undefined` for text that is not the name of a region. */
export function partitionOf(region: string): string | undefined {
  return PARTITIONS.find((partition) => REGIONS[partition]?.test(region));
}

/** Whether the text has the form of a region's name, such as `ap-northeast-1` or `us-gov-west-1`. */
export function isRegion(text: string): boolean {
  return partitionOf(text) !== undefined;
}
