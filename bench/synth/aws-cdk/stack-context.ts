import { RemovalPolicy, type Stack } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { type Environment } from "./environment";

/** What every part of the stack needs. */
export interface StackContext {
  readonly stack: Stack;
  readonly settings: Environment;
  readonly removalPolicy: RemovalPolicy;
  /** Customer managed key, in production only. */
  readonly key?: Key;
}

export function createContext(stack: Stack, settings: Environment): StackContext {
  const removalPolicy = settings.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  return { stack, settings, removalPolicy, key: settings.production ? createKey(stack, removalPolicy) : undefined };
}

function createKey(stack: Stack, removalPolicy: RemovalPolicy): Key {
  const key = new Key(stack, "Key", { alias: stack.stackName, enableKeyRotation: true, removalPolicy });
  key.grantEncryptDecrypt(new ServicePrincipal(`logs.${stack.region}.amazonaws.com`));
  return key;
}

export function createLogGroup(
  { stack, settings, key, removalPolicy }: StackContext,
  id: string,
  logGroupName: string,
): LogGroup {
  return new LogGroup(stack, id, {
    logGroupName,
    retention: settings.logRetentionDays,
    encryptionKey: key,
    removalPolicy,
  });
}
