import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";

let simulator: AwsSimulator;

beforeAll(async () => {
  simulator = await AwsSimulator.start({ python: (await findPrograms()).python });
});
afterAll(() => simulator?.stop());

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends a request as an AWS SDK does, to a service that no SDK of this repository knows. */
async function call(service: string, target: string, body: object): Promise<Answer> {
  const answer = await fetch(simulator.endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20261130/ap-northeast-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
}

const appRunner = (action: string, body: object) => call("apprunner", `AppRunner.${action}`, body);
const field = ({ body }: Answer, object: string, name: string) =>
  (body[object] as Readonly<Record<string, string>>)[name]!;
const image = { ImageIdentifier: "public.ecr.aws/docker/library/nginx:1.27", ImageRepositoryType: "ECR_PUBLIC" };
const source = { SourceConfiguration: { ImageRepository: image } };

it("a service runs at once, with what was sent, and its name is taken until it is deleted", async () => {
  const created = await appRunner("CreateService", { ServiceName: "crm-dev", ...source });
  expect(created.body["Service"]).toMatchObject({ Status: "RUNNING", ServiceName: "crm-dev", ...source });
  const again = await appRunner("CreateService", { ServiceName: "crm-dev", ...source });
  expect(again).toMatchObject({ status: 400, body: { __type: "InvalidRequestException" } });
  const ServiceArn = field(created, "Service", "ServiceArn");
  await appRunner("DeleteService", { ServiceArn });
  const described = await appRunner("DescribeService", { ServiceArn });
  expect(field(described, "Service", "Status")).toBe("DELETED");
  expect((await appRunner("ListServices", {})).body).toEqual({ ServiceSummaryList: [] });
});

it("refuses to delete what a service uses", async () => {
  const scaling = await appRunner("CreateAutoScalingConfiguration", { AutoScalingConfigurationName: "crm-dev" });
  const connector = await appRunner("CreateVpcConnector", { VpcConnectorName: "crm-dev", Subnets: ["subnet-1"] });
  const AutoScalingConfigurationArn = field(scaling, "AutoScalingConfiguration", "AutoScalingConfigurationArn");
  const VpcConnectorArn = field(connector, "VpcConnector", "VpcConnectorArn");
  const NetworkConfiguration = { EgressConfiguration: { EgressType: "VPC", VpcConnectorArn } };
  const service = { ServiceName: "crm-use", ...source, AutoScalingConfigurationArn, NetworkConfiguration };
  const created = await appRunner("CreateService", service);
  const deletions = () =>
    Promise.all([
      appRunner("DeleteAutoScalingConfiguration", { AutoScalingConfigurationArn }),
      appRunner("DeleteVpcConnector", { VpcConnectorArn }),
    ]);
  expect((await deletions()).map(({ status }) => status)).toEqual([400, 400]);
  await appRunner("DeleteService", { ServiceArn: field(created, "Service", "ServiceArn") });
  expect((await deletions()).map(({ status }) => status)).toEqual([200, 200]);
});

it("has one connector of a name, as AWS does", async () => {
  const connector = { VpcConnectorName: "crm-one", Subnets: ["subnet-1"] };
  expect((await appRunner("CreateVpcConnector", connector)).status).toBe(200);
  expect(await appRunner("CreateVpcConnector", connector)).toMatchObject({
    status: 400,
    body: { __type: "InvalidRequestException" },
  });
});

it("holds requests against AWS's model", async () => {
  expect(await appRunner("CreateService", { ServiceName: "crm", ...source })).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("length greater than or equal to 4") as unknown },
  });
});

it("says by name, and at once, what it does not have", async () => {
  expect(
    await appRunner("PauseService", { ServiceArn: "arn:aws:apprunner:ap-northeast-1:123456789012:service/a/b" }),
  ).toEqual({
    status: 501,
    body: { __type: "NotImplementedBySimulator", message: "the simulator has no apprunner:PauseService" },
  });
  expect(await call("chatbot", "Chatbot.CreateSlackChannelConfiguration", {})).toEqual({
    status: 501,
    body: { __type: "NotImplementedBySimulator", message: "the simulator has no service chatbot" },
  });
});
