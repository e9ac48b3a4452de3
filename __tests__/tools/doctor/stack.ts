import { type Json } from "../../../tools/terraform/json";

export const CERTIFICATE = "arn:aws:acm:ap-northeast-1:123456789012:certificate/5f9c2a1e";
export const secretArn = (name: string) =>
  `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm-dev/${name}-AbCdEf`;

const containers = [
  {
    name: "app",
    environment: [{ name: "NEXTAUTH_URL", value: "https://crm.example.com" }],
    secrets: [
      { name: "NEXTAUTH_SECRET", valueFrom: "${aws_secretsmanager_secret.nextauth.arn}" },
      { name: "OIDC_CLIENT_SECRET", valueFrom: secretArn("oidc") },
    ],
  },
];

const policy = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: ["${aws_secretsmanager_secret.nextauth.arn}", secretArn("oidc")],
    },
  ],
};

/** The parts of a synthesized stack that the checks read. */
export const stack = {
  provider: { aws: [{ allowed_account_ids: ["123456789012"], region: "ap-northeast-1" }] },
  resource: {
    aws_cloudwatch_metric_alarm: {
      cpu: { alarm_name: "crm-dev-high-cpu" },
      targets: { alarm_name: "crm-dev-no-target" },
    },
    aws_cloudwatch_log_group: { service: { name: "/ecs/crm-dev" } },
    aws_cloudwatch_log_metric_filter: {
      connections: {
        name: "WebSocketConnections",
        log_group_name: "${aws_cloudwatch_log_group.service.name}",
        pattern: '"[WebSocket] Client connected"',
      },
    },
    aws_sns_topic: { alarms: { name: "crm-dev-alarms" } },
    aws_sns_topic_subscription: {
      oncall: { endpoint: "oncall@example.com", protocol: "email", topic_arn: "${aws_sns_topic.alarms.arn}" },
    },
    aws_secretsmanager_secret: { nextauth: { name: "crm-dev/nextauth" } },
    aws_iam_role: { execution: { name: "crm-dev-execution" } },
    aws_iam_role_policy: {
      execution: { role: "${aws_iam_role.execution.id}", policy: JSON.stringify(policy) },
    },
    aws_ecs_task_definition: {
      task: {
        execution_role_arn: "${aws_iam_role.execution.arn}",
        container_definitions: JSON.stringify(containers),
      },
    },
    aws_lb_listener: { https: { certificate_arn: CERTIFICATE } },
    aws_ecs_service: { service: { network_configuration: { subnets: ["subnet-task"] } } },
  },
} satisfies Json;
