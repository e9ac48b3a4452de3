import { type Finding } from "../../../tools/doctor/finding";
import { verifyChecks } from "../../../tools/doctor/verify-checks";
import { digestOf, useCredentials } from "../deploy/fixtures";
import { AwsFault, ENDPOINT, type Script } from "../deploy/scripted-aws";
import { type Case, diagnosed, statesOf } from "./diagnosis";
import { certificate, HEALTHY, routeTables, secret, targetGroups } from "./healthy";
import { secretArn, stack } from "./stack";
import { xml } from "./xml";

useCredentials();

const CONTRACT = { "messenger-crm.contract": "1" };
const MANIFEST = JSON.stringify({ config: { digest: digestOf("c") } });

interface ImageFields {
  readonly architecture?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** ECR with one image, whose configuration is behind a URL of the same server. */
function registry({ architecture = "arm64", labels = CONTRACT }: ImageFields = {}): Script {
  return {
    DescribeImages: { imageDetails: [{ imageDigest: digestOf("1") }] },
    BatchGetImage: { images: [{ imageManifest: MANIFEST }] },
    GetDownloadUrlForLayer: { downloadUrl: `${ENDPOINT}/configuration` },
    "GET /configuration": { architecture, config: { Labels: labels } },
  };
}

const decisions = (decision: string) =>
  xml({
    EvaluationResults: {
      member: ["nextauth", "oidc"].map((name) => ({ EvalResourceName: secretArn(name), EvalDecision: decision })),
    },
  });

const READY: Script = { ...registry(), SimulatePrincipalPolicy: decisions("allowed") };

async function verified({ answers = {}, image, ...other }: Case & { readonly image?: string } = {}) {
  return diagnosed({ ...other, answers: { ...READY, ...answers }, checks: verifyChecks(image) });
}

it("finds nothing where a deployment can begin", async () => {
  const diagnosis = await verified();
  expect(diagnosis.findings).toEqual([]);
  expect(new Set(Object.values(statesOf(diagnosis)))).toEqual(new Set(["healthy"]));
});

it.each<[string, string, Script, RegExp]>([
  ["an image that is not there", "image", { DescribeImages: { imageDetails: [] } }, /cannot be deployed/],
  [
    "an image for another architecture",
    "image",
    registry({ architecture: "amd64" }),
    /is for X86_64, the tasks are ARM64/,
  ],
  ["an image of another contract", "image", registry({ labels: { "messenger-crm.contract": "0" } }), /for contract 0/],
  ["an image without the label", "image", registry({ labels: {} }), /does not say which contract/],
  [
    "something that is no image",
    "image",
    { BatchGetImage: { images: [{ imageManifest: "{}" }] } },
    /cannot be deployed/,
  ],
  [
    "a secret that is gone",
    "secrets",
    { DescribeSecret: new AwsFault("ResourceNotFoundException", "gone") },
    /The secret of (OIDC_CLIENT_SECRET|NEXTAUTH_SECRET) does not exist/,
  ],
  [
    "a boundary that denies the secret",
    "secret-access",
    { SimulatePrincipalPolicy: decisions("explicitDeny") },
    /^The execution role crm-dev-execution may not GetSecretValue crm-dev\/nextauth/,
  ],
  [
    "a certificate of another domain",
    "certificate",
    { DescribeCertificate: certificate({ DomainName: "example.com", SubjectAlternativeNames: ["example.com"] }) },
    /not valid for crm\.example\.com/,
  ],
  [
    "a target group without listener",
    "target-group",
    { DescribeTargetGroups: targetGroups([]) },
    /^No listener forwards/,
  ],
  [
    "a target group that is gone",
    "target-group",
    { DescribeTargetGroups: new AwsFault("TargetGroupNotFound", "gone") },
    /does not exist/,
  ],
  ["a log group that is gone", "log-group", { DescribeLogGroups: { logGroups: [] } }, /\/ecs\/crm-dev does not exist/],
  ["no way out", "way-out", { DescribeRouteTables: routeTables(undefined) }, /no route to the internet/],
  ["a quota that is too low", "quotas", { GetServiceQuota: { Quota: { Value: 1 } } }, /may run 1/],
])("finds %s, and nothing else", async (_, check, answers, what) => {
  const { findings } = await verified({ answers });
  expect([...new Set(findings.map((finding) => finding.check))]).toEqual([check]);
  expect(findings[0]!.what).toMatch(what);
});

it("takes the image for the tasks' architecture out of an index, and leaves attestations alone", async () => {
  const index = {
    manifests: [
      { digest: digestOf("a"), platform: { architecture: "amd64" } },
      { digest: digestOf("b"), platform: { architecture: "arm64" } },
      { digest: digestOf("e"), platform: { architecture: "unknown" } },
    ],
  };
  const BatchGetImage: Script[string] = ({ imageIds }) => {
    const [{ imageDigest }] = imageIds as [{ imageDigest: string }];
    return { images: [{ imageManifest: imageDigest === digestOf("1") ? JSON.stringify(index) : MANIFEST }] };
  };
  const { findings, aws } = await verified({ answers: { BatchGetImage } });
  expect(findings).toEqual([]);
  expect(aws.inputs("BatchGetImage").map(({ imageIds }) => imageIds)).toEqual([
    [{ imageDigest: digestOf("1") }],
    [{ imageDigest: digestOf("b") }],
  ]);
});

it.each([
  [undefined, { imageDigest: digestOf("1") }],
  ["abc123", { imageTag: "abc123" }],
])("looks for the image that a deployment would run, given %s", async (image, id) => {
  const { aws } = await verified(image === undefined ? {} : { image });
  expect(aws.inputs("DescribeImages")).toEqual([expect.objectContaining({ imageIds: [id] })]);
});

it("lets IAM decide with the policies that the apply brings", async () => {
  const { aws } = await verified();
  const [input] = aws.inputs("SimulatePrincipalPolicy");
  expect(input).toMatchObject({
    PolicySourceArn: "arn:aws:iam::123456789012:role/crm-dev-execution",
    "ActionNames.member.1": "secretsmanager:GetSecretValue",
    "ResourceArns.member.2": secretArn("oidc"),
    "PolicyInputList.member.1": expect.stringContaining(secretArn("oidc")) as string,
  });
});

describe("before the first deployment", () => {
  const nothing: Script = {
    DescribeServices: new AwsFault("ClusterNotFoundException", "Cluster not found."),
    GetParameter: new AwsFault("ParameterNotFound", ""),
    SimulatePrincipalPolicy: new AwsFault("NoSuchEntity", "The role cannot be found.", 404),
  };

  it("checks what exists already, and says what does not apply yet", async () => {
    const diagnosis = await verified({ answers: nothing });
    expect(diagnosis.findings).toEqual([]);
    expect(statesOf(diagnosis)).toEqual({
      image: "healthy",
      secrets: "healthy",
      "secret-access": "healthy",
      certificate: "healthy",
      "target-group": "does not apply",
      "log-group": "does not apply",
      "way-out": "healthy",
      quotas: "does not apply",
    });
    expect(diagnosis.aws.inputs("DescribeSecret")).toEqual([{ SecretId: secretArn("oidc") }]);
  });

  it("decides by the stack's policies whether the role may read the secrets", async () => {
    const resource = { ...stack.resource, aws_iam_role_policy: {} };
    const { findings } = await verified({ answers: nothing, stack: { ...stack, resource } });
    expect(findings.map(({ check, evidence }: Finding) => [check, evidence])).toEqual([
      ["secret-access", expect.stringContaining("decided by the stack's policies alone")],
      ["secret-access", expect.stringContaining("decided by the stack's policies alone")],
    ]);
  });
});

it("reads parameters, too, and a secret's ARN without its JSON key", async () => {
  const parameter = "arn:aws:ssm:ap-northeast-1:123456789012:parameter/crm-dev/oidc";
  const { taskDefinition } = HEALTHY["DescribeTaskDefinition"] as { taskDefinition: Record<string, unknown> };
  const [app] = taskDefinition["containerDefinitions"] as Record<string, unknown>[];
  const given = [
    { name: "OIDC_CLIENT_SECRET", valueFrom: parameter },
    { name: "NEXTAUTH_SECRET", valueFrom: `${secretArn("nextauth")}:key::` },
  ];
  const containers = JSON.stringify([{ name: "app", secrets: given }]);
  const task = { ...stack.resource.aws_ecs_task_definition.task, container_definitions: containers };
  const changed = { ...stack, resource: { ...stack.resource, aws_ecs_task_definition: { task } } };
  const definition = { taskDefinition: { ...taskDefinition, containerDefinitions: [{ ...app, secrets: given }] } };
  const answers: Script = {
    DescribeTaskDefinition: definition,
    DescribeParameters: { Parameters: [] },
    DescribeSecret: secret(),
  };
  const { findings, aws } = await verified({ answers, stack: changed });
  expect(findings.map(({ what }) => what)).toEqual(["The parameter of OIDC_CLIENT_SECRET does not exist."]);
  expect(aws.inputs("DescribeSecret")).toEqual([{ SecretId: secretArn("nextauth") }]);
});
