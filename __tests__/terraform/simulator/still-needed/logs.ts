import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  DisassociateKmsKeyCommand,
  PutMetricFilterCommand,
  TestMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type Gap } from "./gap";

export const LOGS_GAPS: readonly Gap[] = [
  [
    "logs: the class of a log group",
    async ({ logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/g", logGroupClass: "INFREQUENT_ACCESS" }));
      const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/g" }));
      return logGroups?.[0]?.logGroupClass === "INFREQUENT_ACCESS";
    },
  ],
  ["logs: query definitions", async ({ logs }) => !!(await logs.send(new DescribeQueryDefinitionsCommand({})))],
  [
    "logs: TestMetricFilter",
    async ({ logs }) => {
      const test = { filterPattern: "ERROR", logEventMessages: ["ERROR", "ok"] };
      return (await logs.send(new TestMetricFilterCommand(test))).matches?.length === 1;
    },
  ],
  [
    "logs: PutMetricFilter refuses a broken pattern",
    async ({ logs }) => {
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/f" })).catch(() => undefined);
      const metricTransformations = [{ metricName: "m", metricNamespace: "n", metricValue: "1" }];
      const filter = { filterName: "f", logGroupName: "/f", filterPattern: "[ERROR", metricTransformations };
      return logs.send(new PutMetricFilterCommand(filter)).then(
        () => false,
        (error: Error) => error.name === "InvalidParameterException",
      );
    },
  ],
  [
    "logs: the key of a log group that exists",
    async ({ logs }) => {
      const logGroupName = "/k";
      const kmsKeyId = "arn:aws:kms:ap-northeast-1:123456789012:key/11111111-2222-4333-8444-555555555555";
      const keyOf = async () =>
        (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/k" }))).logGroups?.[0]?.kmsKeyId;
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
      const associated = await keyOf();
      await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
      return associated === kmsKeyId && (await keyOf()) === undefined;
    },
  ],
];
