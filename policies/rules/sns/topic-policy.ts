import { finding } from "../../finders";
import { isPublic, statementsOf } from "../../policy-document";
import { Rule } from "../../rule";

export const snsTopicPolicy = new Rule({
  id: "sns-topic-policy",
  severity: "error",
  types: ["aws_sns_topic_policy"],
  controls: ["SNS.4"],
  reason: "Anybody could publish false alarms or listen to real ones.",
  remedy: "Name services or accounts as principals, or add a condition.",
  find: (topic) =>
    statementsOf(topic, "policy")
      .filter(isPublic)
      .map(({ Sid: sid }) => finding("policy", "no statement for everybody", sid ?? "a statement")),
});
