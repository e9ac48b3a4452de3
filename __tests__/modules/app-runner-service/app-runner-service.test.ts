import { AnnotationMetadataEntryType, App, TerraformStack, TerraformVariable } from "cdktf";
import { AppRunnerService } from "../../../modules/app-runner-service";
import { synthesize } from "../../helpers/synth";
import { parsed } from "../../helpers/template";
import { ECR, fromCode, minimal, network, withProps } from "./fixture";

const database = { securityGroupId: "sg-0123456789abcdef0", port: 5432 };

describe("a service with the fewest props", () => {
  const template = synthesize(withProps({}));

  it("has exactly these resources", () => {
    expect(template.counts()).toEqual({
      aws_apprunner_auto_scaling_configuration_version: 1,
      aws_apprunner_service: 1,
      aws_iam_role: 2,
      aws_iam_role_policy: 1,
    });
  });

  it("runs the image, polls only, and deploys nothing by itself", () => {
    expect(template.only("aws_apprunner_service")["source_configuration"]).toEqual({
      auto_deployments_enabled: false,
      authentication_configuration: {
        access_role_arn: expect.stringMatching(
          /^\$\{aws_iam_role\.service_app-runner-access-role_\w+\.arn\}$/,
        ) as unknown,
      },
      image_repository: {
        image_identifier: `${ECR}:1.4.0`,
        image_repository_type: "ECR",
        image_configuration: {
          port: "3000",
          runtime_environment_variables: { SOCKET_TRANSPORTS: "polling" },
          runtime_environment_secrets: {},
        },
      },
    });
  });

  it("has one instance for as many requests as App Runner gives one", () => {
    expect(template.only("aws_apprunner_auto_scaling_configuration_version")).toMatchObject({
      auto_scaling_configuration_name: "crm-dev",
      min_size: 1,
      max_size: 1,
      max_concurrency: 200,
      lifecycle: { create_before_destroy: true },
    });
    expect(template.only("aws_apprunner_service")["instance_configuration"]).toMatchObject({
      cpu: "1024",
      memory: "2048",
    });
  });

  it("is checked over HTTP, and may take 100 seconds to start", () => {
    expect(template.only("aws_apprunner_service")["health_check_configuration"]).toEqual({
      protocol: "HTTP",
      path: "/api/health",
      interval: 5,
      timeout: 2,
      healthy_threshold: 1,
      unhealthy_threshold: 20,
    });
  });

  it("has a role that pulls the image, which App Runner's build takes, and one for the instances", () => {
    const trusted = Object.entries(template.resources("aws_iam_role")).map(([path, role]) => [
      path,
      (parsed(role["assume_role_policy"]) as { Statement: { Principal: { Service: string } }[] }).Statement[0]!
        .Principal.Service,
    ]);
    expect(Object.fromEntries(trusted)).toEqual({
      "service/app-runner-access-role": "build.apprunner.amazonaws.com",
      "service/app-runner-instance-role": "tasks.apprunner.amazonaws.com",
    });
    const { Statement } = parsed(template.only("aws_iam_role_policy")["policy"]) as {
      Statement: { Action: string | string[]; Resource: string }[];
    };
    expect(Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ["ecr:GetAuthorizationToken", "*"],
      [
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "arn:aws:ecr:ap-northeast-1:123456789012:repository/crm",
      ],
      ["ecr:DescribeImages", "arn:aws:ecr:ap-northeast-1:123456789012:repository/crm"],
    ]);
  });
});

describe("a service from code", () => {
  const template = synthesize(withProps({}, fromCode));

  it("is built by App Runner and deployed at each push, through the connection", () => {
    expect(template.only("aws_apprunner_service")["source_configuration"]).toEqual({
      auto_deployments_enabled: true,
      authentication_configuration: { connection_arn: fromCode.source!.connectionArn },
      code_repository: {
        repository_url: "https://github.com/example/messenger-crm",
        source_directory: "/",
        source_code_version: { type: "BRANCH", value: "main" },
        code_configuration: {
          configuration_source: "API",
          code_configuration_values: {
            runtime: "NODEJS_22",
            build_command: "npm ci && npm run build",
            start_command: "node server.js",
            port: "3000",
            runtime_environment_variables: { SOCKET_TRANSPORTS: "polling" },
            runtime_environment_secrets: {},
          },
        },
      },
    });
  });

  it("needs no role to pull an image", () => {
    expect(Object.keys(template.resources("aws_iam_role"))).toEqual(["service/app-runner-instance-role"]);
  });
});

describe("in a VPC", () => {
  const template = synthesize(withProps({ network, connections: { database } }));

  it("has a connector in the subnets, and all egress goes through it", () => {
    expect(template.only("aws_apprunner_vpc_connector")).toMatchObject({
      vpc_connector_name: "crm-dev",
      subnets: network.taskSubnetIds,
    });
    expect(template.only("aws_apprunner_service")["network_configuration"]).toMatchObject({
      egress_configuration: { egress_type: "VPC" },
      ingress_configuration: { is_publicly_accessible: true },
    });
  });

  it("allows the database's port on both sides, and HTTPS out", () => {
    const ports = (type: string) =>
      Object.entries(template.resources(type)).map(([path, rule]) => [
        path,
        rule["from_port"],
        rule["security_group_id"],
      ]);
    expect(ports("aws_vpc_security_group_ingress_rule")).toEqual([
      ["service/connection-database-ingress", 5432, "sg-0123456789abcdef0"],
    ]);
    expect(ports("aws_vpc_security_group_egress_rule").map(([path, port]) => [path, port])).toEqual([
      ["service/connection-database-egress", 5432],
      ["service/egress-https-0-0-0-0-0", 443],
    ]);
    expect(template.only("aws_security_group")).toMatchObject({
      name: "crm-dev-instances",
      description: "Instances of crm-dev",
    });
  });

  it("starts after its permissions and its rules", () => {
    const { depends_on: before } = template.only("aws_apprunner_service") as { depends_on: string[] };
    expect(before).toHaveLength(4);
    expect(before.every((address) => /^aws_(iam_role_policy|vpc_security_group_)/.test(address))).toBe(true);
  });
});

it("reads secrets with the instances' role, and decrypts them through Secrets Manager only", () => {
  const key = "arn:aws:kms:ap-northeast-1:123456789012:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
  const secret = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:crm/app-AbCd12";
  const template = synthesize(withProps({ secrets: { NEXTAUTH_SECRET: secret }, secretKmsKeyArns: [key] }));
  const policy = template.resource("aws_iam_role_policy", "service/secrets-policy");
  expect(parsed(policy["policy"])).toMatchObject({
    Statement: [
      { Action: "secretsmanager:GetSecretValue", Resource: [secret] },
      {
        Action: "kms:Decrypt",
        Resource: [key],
        Condition: { StringEquals: { "kms:ViaService": [expect.stringMatching(/^secretsmanager\./)] } },
      },
    ],
  });
});

it("associates a domain name, traces and encrypts when it is told to", () => {
  const kmsKeyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/5f9c2a1e-7b64-4c0d-9d3e-1a2b3c4d5e6f";
  const template = synthesize(withProps({ customDomain: { domainName: "crm.example.com" }, tracing: true, kmsKeyArn }));
  expect(template.only("aws_apprunner_custom_domain_association")).toMatchObject({
    domain_name: "crm.example.com",
    enable_www_subdomain: false,
  });
  expect(template.only("aws_apprunner_observability_configuration")["trace_configuration"]).toEqual({
    vendor: "AWSXRAY",
  });
  expect(template.only("aws_apprunner_service")).toMatchObject({
    encryption_configuration: { kms_key: kmsKeyArn },
    observability_configuration: { observability_enabled: true },
  });
});

it("without Socket.IO has as many instances as it is told, and no word about transports", () => {
  const template = synthesize(withProps({ socketIo: false, minInstances: 2, maxInstances: 10 }));
  expect(template.only("aws_apprunner_auto_scaling_configuration_version")).toMatchObject({
    min_size: 2,
    max_size: 10,
  });
  expect(template.text).not.toContain("SOCKET_TRANSPORTS");
});

it("tells the application its transports by the variable of its choice", () => {
  const template = synthesize(withProps({ transportsVariable: "IO_TRANSPORTS" }));
  expect(template.text).toContain('"IO_TRANSPORTS": "polling"');
});

it("adds policies to the instances' role, before the service", () => {
  const template = synthesize((stack) => {
    const service = new AppRunnerService(stack, "service", minimal);
    service.addInstancePolicy("files", [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::crm/*" }]);
  });
  const path = "service/instance-policy-files";
  expect(template.resource("aws_iam_role_policy", path)["name"]).toBe("files");
  expect(template.only("aws_apprunner_service")["depends_on"]).toContainEqual(
    expect.stringContaining("instance-policy-files"),
  );
});

it("checks at apply what is known only then", () => {
  const template = synthesize((stack) => {
    const cpu = new TerraformVariable(stack, "cpu", { type: "number" }).numberValue;
    new AppRunnerService(stack, "service", { ...minimal, cpu });
  });
  const { lifecycle } = template.only("aws_apprunner_service") as {
    lifecycle: { precondition: { error_message: string }[] };
  };
  expect(lifecycle.precondition.map(({ error_message }) => error_message)).toEqual([
    "cpu, memoryMiB: expected a pair that App Runner knows, such as 1024 CPU units and 2048 MiB.",
  ]);
});

describe("warnings", () => {
  function warningsOf(changes: object): string[] {
    const stack = new TerraformStack(new App(), "test");
    withProps(changes)(stack);
    return stack.node
      .findAll()
      .flatMap(({ node }) => node.metadata)
      .filter(({ type }) => type === AnnotationMetadataEntryType.WARN.toString())
      .map(({ data }) => String(data));
  }

  const CLOSED =
    "App Runner takes no new customers since 2026-04-30 and gets no new features (https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html): an account without it cannot apply this.";

  it("say that App Runner is closed, and what Socket.IO loses, with the sources", () => {
    expect(warningsOf({})).toEqual([
      CLOSED,
      "App Runner carries no WebSockets (https://github.com/aws/apprunner-roadmap/issues/13): Socket.IO runs by long-polling on one instance, for at most 200 clients at once.",
    ]);
  });

  it("say nothing about Socket.IO where there is none", () => {
    expect(warningsOf({ socketIo: false })).toEqual([CLOSED]);
  });
});
