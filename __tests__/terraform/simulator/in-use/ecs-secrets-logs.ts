import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteClusterCommand, DeleteServiceCommand } from "@aws-sdk/client-ecs";
import { CreateKeyCommand, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
} from "@aws-sdk/client-secrets-manager";
import { service } from "./resources/service";
import { network } from "./resources/vpc";
import { aws, expectRefused, fresh } from "./simulated";

describe("ECS, Secrets Manager and CloudWatch Logs", () => {
  it("keep a cluster with a service", async () => {
    const { subnets, group } = await network();
    const cluster = await service(subnets, group);
    const deletion = new DeleteClusterCommand({ cluster });
    await expectRefused(aws.ecs.send(deletion), "ClusterContainsServicesException");
    await aws.ecs.send(new DeleteServiceCommand({ cluster, service: "s", force: true }));
    await aws.ecs.send(deletion);
  });

  it("can neither read nor write a secret whose key waits for its deletion", async () => {
    const { KeyMetadata } = await aws.kms.send(new CreateKeyCommand({}));
    const KmsKeyId = KeyMetadata?.Arn;
    const SecretId = fresh("secret");
    await aws.secrets.send(new CreateSecretCommand({ Name: SecretId, KmsKeyId, SecretString: "a" }));
    await aws.secrets.send(new GetSecretValueCommand({ SecretId }));
    await aws.kms.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId, PendingWindowInDays: 7 }));
    await expectRefused(aws.secrets.send(new GetSecretValueCommand({ SecretId })), "DecryptionFailure");
    const write = new PutSecretValueCommand({ SecretId, SecretString: "b" });
    await expectRefused(aws.secrets.send(write), "EncryptionFailure");
    const another = new CreateSecretCommand({ Name: fresh("secret"), KmsKeyId, SecretString: "a" });
    await expectRefused(aws.secrets.send(another), "EncryptionFailure");
  });

  it("refuse a secret's name in its recovery window, and a log group's name", async () => {
    const Name = fresh("secret");
    const secret = new CreateSecretCommand({ Name, SecretString: "a" });
    await aws.secrets.send(secret);
    await aws.secrets.send(new DeleteSecretCommand({ SecretId: Name, RecoveryWindowInDays: 7 }));
    await expectRefused(aws.secrets.send(secret), "InvalidRequestException");
    const group = new CreateLogGroupCommand({ logGroupName: fresh("/logs") });
    await aws.logs.send(group);
    await expectRefused(aws.logs.send(group), "ResourceAlreadyExistsException");
  });
});
