import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { Op, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { withWorkspaceReference } from "../core/apply-time";
import { physicalName } from "../core/names";
import { LOG_FIELDS } from "./access-log-fields";

/** Longest name of a delivery source or destination. Source: CloudWatch Logs API reference, PutDeliverySource. */
const MAX_NAME_LENGTH = 60;

export interface AccessLogsProps {
  readonly name: string;
  readonly distributionArn: string;
  readonly bucketName: string;
  readonly provider: TerraformProvider | undefined;
}

/**
 * Creates standard logging v2: a source, a destination and the delivery between them, all in us-east-1 whatever the bucket's region. The
 * path stays AWS's own, `AWSLogs/<account>/CloudFront/`, which a LogBucket allows; a custom suffix would replace it at the next update
 * (hashicorp/terraform-provider-aws, issue 46328).
 */
export class AccessLogs extends Construct {
  constructor(scope: Construct, id: string, { name, distributionArn, bucketName, provider }: AccessLogsProps) {
    super(scope, id);
    const physical = physicalName([name, "cdn"], { maxLength: MAX_NAME_LENGTH });
    const source = new CloudwatchLogDeliverySource(this, "source", {
      provider,
      name: physical,
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      provider,
      name: physical,
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: `arn:aws:s3:::${bucketName}` }],
    });
    new CloudwatchLogDelivery(this, "delivery", {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: [...LOG_FIELDS],
      lifecycle: {
        precondition: [
          {
            condition: withWorkspaceReference(Op.eq(arnField(source.arn, "region"), "us-east-1")),
            errorMessage: `${scope.node.path}: CloudFront delivers its logs from us-east-1. Pass a provider of that region.`,
          },
        ],
      },
    });
  }
}
