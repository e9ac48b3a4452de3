import { type ProblemCatalogue } from "../../core/problem";

export const registryProblems = {
  "registry/repository-name": {
    summary: "The name of a repository is malformed.",
    why: "ECR refuses it at apply (ECR API reference, CreateRepository.repositoryName).",
  },
  "registry/tag-pattern": {
    summary: "A key of keepByTagPattern is not a tag pattern, or is `*` alone.",
    why: "ECR accepts the characters of a tag and at most four wildcards. The pattern `*` would match every tag, for which keepTaggedImages is the count (ECR user guide, lifecycle policy properties).",
  },
  "registry/account-id": {
    summary: "An entry of pullAccountIds is not an AWS account id.",
    why: "The repository policy is made from the ids; an ARN or an alias in their place fails at apply.",
  },
} as const satisfies ProblemCatalogue;
