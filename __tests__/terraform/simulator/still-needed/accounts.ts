import { createHash } from "node:crypto";
import {
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { CreateRoleCommand, PutRolePolicyCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { ListServiceQuotasCommand } from "@aws-sdk/client-service-quotas";
import { type Gap } from "./gap";

const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:a";
const OTHER = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:b";

function documentOf(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** What no resource of Terraform's needs, but a command of the tools. */
export const ACCOUNT_GAPS: readonly Gap[] = [
  [
    "service_quotas: the quotas of Fargate",
    async ({ quotas }) => {
      const { Quotas = [] } = await quotas.send(new ListServiceQuotasCommand({ ServiceCode: "fargate" }));
      return Quotas.some(({ QuotaCode }) => QuotaCode === "L-3032A538");
    },
  ],
  [
    "ecr_layers",
    async ({ ecr }) => {
      const repositoryName = "layers";
      await ecr.send(new CreateRepositoryCommand({ repositoryName }));
      const content = JSON.stringify({ architecture: "arm64" });
      const layerDigest = `sha256:${createHash("sha256").update(content).digest("hex")}`;
      const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
      const part = { partFirstByte: 0, partLastByte: content.length - 1, layerPartBlob: Buffer.from(content) };
      await ecr.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
      await ecr.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests: [layerDigest] }));
      const { downloadUrl = "" } = await ecr.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
      return (await (await fetch(downloadUrl)).text()) === content;
    },
  ],
  [
    "iam_simulation: a role's own policies and those that are added",
    async ({ iam }) => {
      const RoleName = "simulated";
      const trust = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: documentOf(trust) }));
      const allow = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET };
      const own = { RoleName, PolicyName: "own", PolicyDocument: documentOf(allow) };
      await iam.send(new PutRolePolicyCommand(own));
      const decide = async (...PolicyInputList: string[]) => {
        const query = {
          PolicySourceArn: `arn:aws:iam::123456789012:role/${RoleName}`,
          ActionNames: ["secretsmanager:GetSecretValue"],
          ResourceArns: [SECRET, OTHER],
          PolicyInputList,
        };
        const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand(query));
        return EvaluationResults.map(({ EvalDecision }) => EvalDecision).join(" ");
      };
      const decisions = [
        await decide(),
        await decide(documentOf({ ...allow, Resource: OTHER })),
        await decide(documentOf({ ...allow, Effect: "Deny" })),
      ];
      return decisions.join(", ") === "allowed implicitDeny, allowed allowed, explicitDeny implicitDeny";
    },
  ],
];
