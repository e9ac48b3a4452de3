import { TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { arnField } from "../core/arn";
import { locationOf } from "../core/location";
import { dnsSuffixIn } from "../core/regions";
import { isUnresolved } from "../core/tokens";

/** Where a service runs, as values that Terraform knows at apply. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** What host names of services end in, `amazonaws.com` except in China and other partitions. */
  readonly dnsSuffix: string;
}

/** Reads the location from the ARN of a resource beside the service instead of data sources. Local values keep quotes out of the JSON attributes. */
export function createLocation(scope: Construct, arn: string): AwsLocation {
  const local = (id: string, field: "partition" | "region" | "accountId") =>
    new TerraformLocal(scope, id, arnField(arn, field)).asString;
  const partition = local("partition", "partition");
  const dnsSuffix = dnsSuffixIn(partition, locationOf(scope).region);
  return {
    partition,
    region: local("region", "region"),
    account: local("account", "accountId"),
    dnsSuffix: isUnresolved(dnsSuffix) ? new TerraformLocal(scope, "dns-suffix", dnsSuffix).asString : dnsSuffix,
  };
}
