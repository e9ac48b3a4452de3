import { Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Repository, TagMutability, TagStatus } from "aws-cdk-lib/aws-ecr";
import { type Construct } from "constructs";

export const REPOSITORY_NAME = "messenger-crm";

/** The ECR repository, shared by all environments. */
export class RegistryStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new Repository(this, "Repository", {
      repositoryName: REPOSITORY_NAME,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        { rulePriority: 1, tagStatus: TagStatus.UNTAGGED, maxImageAge: Duration.days(7) },
        { rulePriority: 2, tagStatus: TagStatus.ANY, maxImageCount: 50 },
      ],
    });
  }
}
