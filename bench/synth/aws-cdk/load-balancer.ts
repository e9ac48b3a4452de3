import { Duration } from "aws-cdk-lib";
import { type ApplicationLoadBalancedFargateService } from "aws-cdk-lib/aws-ecs-patterns";
import { Protocol } from "aws-cdk-lib/aws-elasticloadbalancingv2";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import { type StackContext } from "./stack-context";

/** Sets health check, stickiness, deregistration delay and access logs. */
export function configureLoadBalancer(
  { stack, settings, removalPolicy }: StackContext,
  { targetGroup, loadBalancer }: ApplicationLoadBalancedFargateService,
): void {
  targetGroup.configureHealthCheck({
    path: "/api/health",
    protocol: Protocol.HTTP,
    healthyHttpCodes: "200",
    interval: Duration.seconds(15),
    healthyThresholdCount: 2,
    unhealthyThresholdCount: 3,
  });
  targetGroup.enableCookieStickiness(Duration.days(1));
  targetGroup.setAttribute("deregistration_delay.timeout_seconds", "60");
  loadBalancer.setAttribute("routing.http.drop_invalid_header_fields.enabled", "true");
  loadBalancer.setAttribute("deletion_protection.enabled", String(settings.production));
  const bucket = new Bucket(stack, "AccessLogs", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    lifecycleRules: [{ expiration: Duration.days(settings.logRetentionDays) }],
    removalPolicy,
  });
  loadBalancer.logAccessLogs(bucket);
}
