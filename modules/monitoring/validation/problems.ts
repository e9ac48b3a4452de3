import { type ProblemCatalogue } from "../../core/problem";

export const monitoringProblems = {
  "monitoring/nothing-to-monitor": {
    summary: "Monitoring was given no resource.",
    why: "It would create a topic and an empty dashboard, and look as if the system were monitored.",
  },
  "monitoring/unknown-alarm": {
    summary: "disabledAlarms has an id that no alarm has.",
    why: "After a spelling mistake, the alarm that was meant would stay on.",
  },
  "monitoring/alarm-key": {
    summary: "The name of a target group or the id of a cache node is malformed or not a literal.",
    why: "It becomes part of alarm names and construct ids, which must be known at synth.",
  },
  "monitoring/arn-suffix": {
    summary: "A load balancer or target group is not given by the end of its ARN.",
    why: "CloudWatch identifies these metrics by the suffix; with the whole ARN an alarm would never receive data (Elastic Load Balancing user guide, metric dimensions).",
  },
  "monitoring/unknown-app-metric": {
    summary: "A metric of the app is of a kind that Monitoring does not know.",
    why: "Monitoring would create no alarm for it; it is usually a spelling mistake.",
  },
  "monitoring/edge-region": {
    summary: "Alarms on CloudFront or its web ACL are in another region than us-east-1.",
    why: "CloudFront reports its metrics in us-east-1 only, so the alarms would never receive data (CloudFront developer guide, monitoring).",
  },
  "monitoring/namespace": {
    summary: "A metric namespace is malformed or belongs to AWS.",
    why: "CloudWatch refuses it, and namespaces that begin with AWS/ are reserved (CloudWatch API reference, PutMetricData).",
  },
  "monitoring/metric-name": {
    summary: "The name of a metric or the value of a dimension is malformed.",
    why: "CloudWatch would refuse the alarm at apply (CloudWatch API reference, MetricDatum and Dimension).",
  },
  "monitoring/settings-of-existing-topic": {
    summary: "An existing topic was given together with settings of a new one.",
    why: "The settings would have no effect on the existing topic, and nobody would be notified.",
  },
  "monitoring/runbook-url": {
    summary: "The runbook URL is not an https URL, or contains a fragment.",
    why: "Each alarm appends `#<id>` to it, which works only for a URL without a fragment.",
  },
  "monitoring/threshold": {
    summary: "A threshold is negative, not a number, or a percentage above 100.",
    why: "The alarm would be on all the time, or never.",
  },
  "monitoring/log-text": {
    summary: "The text of a log metric has several lines or is too long.",
    why: "A filter pattern matches one line and has at most 1,024 characters (CloudWatch Logs API reference, PutMetricFilter).",
  },
  "monitoring/log-group-missing": {
    summary: "A log metric has no log group.",
    why: "A metric filter belongs to one log group; without its own, the log metric uses that of the service.",
  },
  "monitoring/subscription-name": {
    summary: "The name of a subscription is not in kebab-case.",
    why: "It becomes part of a Terraform address, which must not change later.",
  },
  "monitoring/subscription-endpoint": {
    summary: "The endpoint of a subscription does not fit its protocol.",
    why: "SNS refuses it at apply, or accepts it and delivers nothing.",
  },
} as const satisfies ProblemCatalogue;
