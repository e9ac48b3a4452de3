import { type Checks, formatValue } from "../../core/checks";
import { type Protocol, PROTOCOLS, type Subscription } from "../alarm-topic/props";
import { isKebabCase } from "./names";

const ENDPOINTS: Readonly<Record<Protocol, { pattern: RegExp; expected: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, expected: "an e-mail address" },
  https: { pattern: /^https:\/\/[^\s/]+/, expected: "a URL that begins with https://" },
  sqs: { pattern: /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:.+$/, expected: "the ARN of a queue" },
  lambda: { pattern: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:.+$/, expected: "the ARN of a function" },
};

export function checkSubscriptions(checks: Checks, subscriptions: Readonly<Record<string, Subscription>>): void {
  for (const [key, subscription] of Object.entries(subscriptions)) {
    const prop = `subscriptions.${key}`;
    if (!checks.required(prop, subscription, "Pass its protocol and endpoint.")) continue;
    const { protocol, endpoint } = subscription;
    checks.require(isKebabCase(key), {
      code: "monitoring/subscription-name",
      prop,
      expected: "a name of lower-case letters, digits and single hyphens",
      got: formatValue(key),
      remedy: 'Use a name such as "on-call".',
    });
    checks.required(`${prop}.protocol`, protocol, `Use one of ${PROTOCOLS.join(", ")}.`);
    const rule = Object.hasOwn(ENDPOINTS, protocol) ? ENDPOINTS[protocol] : undefined;
    if (!rule || !checks.required(`${prop}.endpoint`, endpoint, "Set the address that receives the messages."))
      continue;
    checks.matches(
      `${prop}.endpoint`,
      endpoint,
      rule.pattern,
      rule.expected,
      `It must fit the protocol ${protocol}.`,
      "monitoring/subscription-endpoint",
    );
  }
}
