import { TerraformLocal } from "cdktf";
import { type Construct } from "constructs";
import { arnField } from "../core/arn";

/** Where a service runs, as values that Terraform knows at apply. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Reads the location from the ARN of a resource beside the service instead of data sources. Local values keep quotes out of the JSON attributes. */
export function createLocation(scope: Construct, arn: string): AwsLocation {
  const local = (id: string, field: "partition" | "region" | "accountId") =>
    new TerraformLocal(scope, id, arnField(arn, field)).asString;
  return {
    partition: local("partition", "partition"),
    region: local("region", "region"),
    account: local("account", "accountId"),
  };
}
