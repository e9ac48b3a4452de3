import { fitsArnType } from "../../core/arn-mistake";
import { ARN_TYPES } from "../../core/arn-types";
import { type Checks, formatValue } from "../../core/checks";
import { isEmailAddress } from "../../core/email-address";
import { isHttpsUrl } from "../../core/https-url";
import { isUnresolved } from "../../core/tokens";
import { type Protocol, PROTOCOLS, type Subscription } from "../alarm-topic/props";
import { isKebabCase } from "./names";

const ENDPOINTS: Readonly<Record<Protocol, { fits: (text: string) => boolean; expected: string }>> = {
  email: { fits: isEmailAddress, expected: "an e-mail address, such as ops@example.com" },
  https: {
    fits: isHttpsUrl,
    expected: "a URL such as https://alerts.example.com/aws, with no user, password and fragment",
  },
  // A standard topic cannot deliver to a FIFO queue. Source: SNS developer guide, "Fanout to Amazon SQS queues".
  sqs: { fits: (text) => fitsArnType(text, ARN_TYPES.queue), expected: "the ARN of a standard queue" },
  lambda: { fits: (text) => fitsArnType(text, ARN_TYPES.lambda), expected: "the ARN of a function" },
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
    checks.require(isUnresolved(endpoint) || (typeof endpoint === "string" && rule.fits(endpoint)), {
      code: "monitoring/subscription-endpoint",
      prop: `${prop}.endpoint`,
      expected: rule.expected,
      got: formatValue(endpoint),
      remedy: `It must fit the protocol ${protocol}.`,
    });
  }
}
