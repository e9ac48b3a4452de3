import { parsed } from "../../helpers/template";
import { IMAGE, MASTER_ARN, reference, REPOSITORY_ARN, SECRET_ARN, service, statements } from "./fixture";

const EXECUTION = "service/execution-policy";
const PARAMETER_ARN = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm/flags";

describe("both roles", () => {
  const template = service();

  it.each(["service/execution-role", "service/task-role"])(
    "%s can be assumed by ECS only, for this account",
    (path) => {
      const local = (name: string) =>
        expect.stringMatching(new RegExp(`^\\$\\{local\\.service_${name}_\\w+\\}$`)) as string;
      expect(parsed(template.resource("aws_iam_role", path)["assume_role_policy"])).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "ecs-tasks.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": local("account") },
              ArnLike: {
                "aws:SourceArn": expect.stringMatching(
                  /^arn:\$\{local\.service_partition_\w+\}:ecs:\$\{local\.service_region_\w+\}:\$\{local\.service_account_\w+\}:\*$/,
                ) as string,
              },
            },
          },
        ],
      });
    },
  );
});

describe("the execution role", () => {
  it("pulls from the image's repository and writes to the log group, nothing else", () => {
    const template = service();
    const logs = reference(template, "aws_cloudwatch_log_group", "service/log-group", "arn");
    expect(statements(template, EXECUTION)).toEqual({
      SignInToEcr: { Sid: "SignInToEcr", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      PullImage: {
        Sid: "PullImage",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: REPOSITORY_ARN,
      },
      WriteLogs: {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logs}:*`,
      },
    });
  });

  it("has no permission in ECR for an image from elsewhere", () => {
    expect(Object.keys(statements(service({ image: "ghcr.io/acme/crm:1.0" }), EXECUTION))).toEqual(["WriteLogs"]);
  });

  it.each([
    ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b:1", "arn:aws-cn:ecr:cn-north-1:123456789012:repository/a/b"],
    [
      "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/crm:1",
      "arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/crm",
    ],
    [`${IMAGE.replace(":1.4.0", "")}@sha256:${"a".repeat(64)}`, REPOSITORY_ARN],
  ])("reads the repository from %s", (image, arn) => {
    expect(statements(service({ image }), EXECUTION)["PullImage"]).toMatchObject({ Resource: arn });
  });

  it("reads exactly the secrets of both containers, each once", () => {
    const made = statements(
      service({
        secrets: { A: SECRET_ARN, B: { arn: SECRET_ARN, jsonKey: "b" }, C: `${SECRET_ARN}:c::`, D: PARAMETER_ARN },
        migration: { command: ["node", "migrate.js"], secrets: { MASTER: { arn: MASTER_ARN, jsonKey: "password" } } },
      }),
      EXECUTION,
    );
    expect(made["ReadSecrets"]).toMatchObject({
      Action: "secretsmanager:GetSecretValue",
      Resource: [SECRET_ARN, MASTER_ARN],
    });
    expect(made["ReadParameters"]).toMatchObject({ Action: "ssm:GetParameters", Resource: [PARAMETER_ARN] });
  });

  it.each([
    ["an ARN without the random characters", "crm/session", ["crm/session-??????"]],
    ["a name that ends like the random characters", "nextauth-secret", ["nextauth-secret", "nextauth-secret-??????"]],
    ["a full ARN", "nextauth-Ab12Cd", ["nextauth-Ab12Cd"]],
  ])("reads a secret by %s", (_, name, resources) => {
    const arn = (secret: string) => `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${secret}`;
    expect(statements(service({ secrets: { A: arn(name) } }), EXECUTION)["ReadSecrets"]).toMatchObject({
      Resource: resources.map(arn),
    });
  });

  it("decrypts with the given keys, and only through the services that store the secrets", () => {
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1234";
    const made = statements(service({ secrets: { A: SECRET_ARN }, secretKmsKeyArns: [key] }), EXECUTION);
    expect(made["DecryptSecrets"]).toEqual({
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: [key],
      Condition: {
        StringEquals: {
          "kms:ViaService": [
            expect.stringMatching(/^secretsmanager\.\$\{local\.service_region_\w+\}\.amazonaws\.com$/) as string,
          ],
        },
      },
    });
    expect(statements(service({ secretKmsKeyArns: [key] }), EXECUTION)["DecryptSecrets"]).toBeUndefined();
  });
});

describe("the task role", () => {
  it("has no permissions by default", () => {
    expect(Object.keys(service().resources("aws_iam_role_policy"))).toEqual([EXECUTION]);
  });

  it("gets the caller's statements, at once or later, before the service starts a task", () => {
    const statement = {
      Effect: "Allow",
      Action: "rds-db:connect",
      Resource: "arn:aws:rds-db:x:1:dbuser:y/app",
    } as const;
    const template = service({ taskPolicyStatements: [statement] }, (made) =>
      made.addTaskPolicy("database", [statement]),
    );
    for (const id of ["app", "database"]) {
      const policy = template.resource("aws_iam_role_policy", `service/task-policy-${id}`);
      expect(policy["name"]).toBe(id);
      expect(policy["role"]).toBe(reference(template, "aws_iam_role", "service/task-role", "id"));
      expect(parsed(policy["policy"])).toEqual({ Version: "2012-10-17", Statement: [statement] });
      expect(template.only("aws_ecs_service")["depends_on"]).toContainEqual(
        expect.stringMatching(new RegExp(`^aws_iam_role_policy\\.service_task-policy-${id}_`)),
      );
    }
  });

  it("allows the channels of ECS Exec only if configured", () => {
    const template = service({ enableExecuteCommand: true });
    expect(statements(template, "service/task-policy-execute-command")).toEqual({
      ExecuteCommand: {
        Sid: "ExecuteCommand",
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
    });
  });
});
