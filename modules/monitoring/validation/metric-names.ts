/** Namespaces of custom metrics. Source: CloudWatch API reference, MetricDatum. */
export const METRIC_NAMESPACE = /^(?!AWS\/)[A-Za-z0-9_.\-/#]{1,255}$/;
export const METRIC_NAMESPACE_RULE = "at most 255 letters, digits and _ . - / #, not beginning with AWS/";

/** Names of metrics and of dimensions. Source: CloudWatch API reference, MetricDatum, Dimension. */
export const PRINTABLE = /^(?!:)[ -~]{1,255}$/;
export const PRINTABLE_RULE = "1 to 255 printable ASCII characters that do not begin with a colon";
