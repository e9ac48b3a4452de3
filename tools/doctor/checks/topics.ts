import { paginateListSubscriptionsByTopic, type Subscription } from "@aws-sdk/client-sns";
import { type Account } from "../account/account";
import { askIfPresent } from "../account/ask";
import { collect } from "../account/pages";
import { DoesNotApply } from "../account/does-not-apply";
import { defineCheck } from "../check";
import { type Problem } from "../finding";
import { type Declared } from "../stack/declared";

interface Facts {
  readonly topic: string;
  /** Whom the stack subscribes. */
  readonly declared: readonly string[];
  /** `undefined` when the topic does not exist. */
  readonly subscriptions: readonly Subscription[] | undefined;
}

/** E-mail subscriptions count once their reader has confirmed them. */
export const topics = defineCheck({
  name: "topics",
  expects: "the topics of the alarms exist, and everybody whom the stack subscribes has confirmed",
  read: async (account) => {
    const topicsOfStack = account.stack.topics();
    if (topicsOfStack.length === 0) throw new DoesNotApply("the stack has no topic");
    return Promise.all(topicsOfStack.map((topic) => read(account, topic)));
  },
  judge: (all) => all.flatMap(problems),
});

async function read({ aws, target, stack }: Account, { name, region }: Declared): Promise<Facts> {
  const TopicArn = `arn:aws:sns:${region}:${target.accountId}:${name}`;
  const pages = paginateListSubscriptionsByTopic({ client: aws.sns(region) }, { TopicArn });
  const subscriptions = await askIfPresent(
    "sns:ListSubscriptionsByTopic",
    ["NotFoundException", "NotFound"],
    collect(pages, (page) => page.Subscriptions),
  );
  const declared = stack.subscriptions().filter((each) => each.topic === name && each.region === region);
  return {
    topic: name,
    declared: declared.map((each) => each.name),
    subscriptions,
  };
}

function problems({ topic, declared, subscriptions }: Facts): Problem[] {
  const impact = "Alarms ring, and nobody is told.";
  if (subscriptions === undefined) {
    return [
      {
        severity: "error",
        what: `The topic ${topic} does not exist.`,
        evidence: "ListSubscriptionsByTopic does not find it",
        impact,
        remedy: "Run `make deploy`, which creates it.",
      },
    ];
  }
  const confirmed = subscriptions.filter(({ SubscriptionArn = "" }) => SubscriptionArn.startsWith("arn:"));
  return declared
    .filter((endpoint) => !confirmed.some(({ Endpoint }) => Endpoint === endpoint))
    .map((endpoint): Problem => {
      const isPending = subscriptions.some(({ Endpoint }) => Endpoint === endpoint);
      return {
        severity: confirmed.length === 0 ? "error" : "warning",
        what: isPending
          ? `${endpoint} has not confirmed the subscription to ${topic}.`
          : `${endpoint} is not subscribed to ${topic}.`,
        evidence: `${subscriptions.length} subscriptions, ${confirmed.length} confirmed`,
        impact: confirmed.length === 0 ? impact : `${endpoint} is not told of alarms.`,
        remedy: isPending
          ? "Open the link in AWS's mail; it is valid for three days. Then subscribe again in the SNS console."
          : "Run `make deploy`, which subscribes again; then confirm by the link in the mail.",
      };
    });
}
