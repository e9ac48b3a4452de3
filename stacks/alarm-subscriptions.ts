import { type IConstruct } from "constructs";
import { Checks, formatValue } from "../modules/core/checks";
import { type AlarmTopicProps } from "../modules/monitoring";

/**
 * Returns one e-mail subscription per address. Its key, part of the Terraform address, is made of the e-mail address's letters and digits.
 * @throws ConfigurationError when two addresses have the same letters and digits: only one of them would be subscribed
 */
export function alarmSubscriptions(
  scope: IConstruct,
  emails: readonly string[],
): NonNullable<AlarmTopicProps["subscriptions"]> {
  const keys = emails.map(subscriptionKey);
  const repeated = emails.filter((_, index) => keys.indexOf(keys[index]!) !== index);
  const checks = new Checks(scope);
  checks.require(repeated.length === 0, {
    code: "stacks/alarm-addresses",
    prop: "alarms.emails",
    expected: "addresses that differ in letters and digits",
    got: repeated.map(formatValue).join(", "),
    remedy: "Use a single address that forwards to both.",
  });
  checks.throwIfInvalid();
  return Object.fromEntries(emails.map((endpoint, index) => [keys[index]!, { protocol: "email", endpoint }]));
}

function subscriptionKey(email: string): string {
  const key = email
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return /^[a-z]/.test(key) ? key : `to-${key}`;
}
