import {
  ApprunnerService,
  type ApprunnerServiceNetworkConfiguration,
  type ApprunnerServiceSourceConfiguration,
} from "@cdktf/provider-aws/lib/apprunner-service";
import { Fn, type ITerraformDependable, Op, Token } from "cdktf";
import { type Construct } from "constructs";
import { applyTimePrecondition, lifecycleWithPreconditions } from "../core/apply-time";
import { escapeTemplate, isUnresolved } from "../core/tokens";
import { pullsFromEcr } from "../ecs/aws-services";
import { valueFrom } from "../ecs/secrets";
import { type CompleteAppRunnerServiceProps } from "./defaults";
import { INSTANCE_SIZES } from "./instance-sizes";
import { MAX_CONCURRENCY } from "./limits";
import { POLLING_ONLY } from "./validation/variables";

export interface ServiceInputs {
  readonly serviceName: string;
  readonly instanceRoleArn: string;
  /** `undefined` where nothing is pulled from a private repository. */
  readonly accessRoleArn: string | undefined;
  readonly autoScalingConfigurationArn: string;
  readonly vpcConnectorArn: string | undefined;
  readonly observabilityConfigurationArn: string | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Creates the service. */
export function createService(
  scope: Construct,
  props: CompleteAppRunnerServiceProps,
  inputs: ServiceInputs,
): ApprunnerService {
  const { cpu, memoryMiB, kmsKeyArn, healthCheck, maxConcurrency } = props;
  const { observabilityConfigurationArn } = inputs;
  return new ApprunnerService(scope, "service", {
    serviceName: inputs.serviceName,
    autoScalingConfigurationArn: inputs.autoScalingConfigurationArn,
    sourceConfiguration: sourceConfiguration(props, inputs.accessRoleArn),
    instanceConfiguration: { cpu: text(cpu), memory: text(memoryMiB), instanceRoleArn: inputs.instanceRoleArn },
    healthCheckConfiguration: {
      protocol: "HTTP",
      path: escapeTemplate(healthCheck.path),
      interval: healthCheck.intervalSec,
      timeout: healthCheck.timeoutSec,
      healthyThreshold: healthCheck.healthyThreshold,
      unhealthyThreshold: healthCheck.unhealthyThreshold,
    },
    networkConfiguration: networkConfiguration(inputs),
    observabilityConfiguration: { observabilityEnabled: props.tracing, observabilityConfigurationArn },
    encryptionConfiguration: kmsKeyArn === undefined ? undefined : { kmsKey: kmsKeyArn },
    dependsOn: [...inputs.dependsOn],
    lifecycle: lifecycleWithPreconditions([
      ...applyTimePrecondition(
        [cpu, memoryMiB],
        () => Fn.contains(SIZES, `${Token.asString(cpu)}/${Token.asString(memoryMiB)}`),
        "cpu, memoryMiB: expected a pair that App Runner knows, such as 1024 CPU units and 2048 MiB.",
      ),
      ...applyTimePrecondition(
        [maxConcurrency],
        () => Op.and(Op.gte(maxConcurrency, 1), Op.lte(maxConcurrency, MAX_CONCURRENCY)),
        `maxConcurrency: expected 1 to ${MAX_CONCURRENCY}.`,
      ),
    ]),
  });
}

/** Every allowed pair, such as `1024/2048`. */
const SIZES = [...INSTANCE_SIZES].flatMap(([cpu, memories]) => memories.map((memoryMiB) => `${cpu}/${memoryMiB}`));

function networkConfiguration({ vpcConnectorArn }: ServiceInputs): ApprunnerServiceNetworkConfiguration {
  return {
    ingressConfiguration: { isPubliclyAccessible: true },
    egressConfiguration:
      vpcConnectorArn === undefined ? { egressType: "DEFAULT" } : { egressType: "VPC", vpcConnectorArn },
    ipAddressType: "IPV4",
  };
}

function sourceConfiguration(
  props: CompleteAppRunnerServiceProps,
  accessRoleArn: string | undefined,
): ApprunnerServiceSourceConfiguration {
  const { image, source, autoDeploy, containerPort, startCommand } = props;
  const runtime = {
    port: text(containerPort),
    startCommand: startCommand === undefined ? undefined : escapeTemplate(startCommand),
    runtimeEnvironmentVariables: escaped(variablesOf(props)),
    runtimeEnvironmentSecrets: Object.fromEntries(
      Object.entries(props.secrets).map(([name, secret]) => [name, valueFrom(secret)]),
    ),
  };
  if (source !== undefined) {
    const { repositoryUrl, connectionArn, branch, directory = "/" } = source;
    return {
      autoDeploymentsEnabled: autoDeploy,
      authenticationConfiguration: { connectionArn },
      codeRepository: {
        repositoryUrl,
        sourceDirectory: directory,
        sourceCodeVersion: { type: "BRANCH", value: branch },
        codeConfiguration: {
          configurationSource: "API",
          codeConfigurationValues: {
            ...runtime,
            runtime: source.runtime,
            buildCommand: escapeTemplate(source.buildCommand),
          },
        },
      },
    };
  }
  const isPrivate = pullsFromEcr({ image: image!, repositoryArn: props.repositoryArn });
  return {
    autoDeploymentsEnabled: autoDeploy,
    authenticationConfiguration: accessRoleArn === undefined ? undefined : { accessRoleArn },
    imageRepository: {
      imageIdentifier: image!,
      imageRepositoryType: isPrivate ? "ECR" : "ECR_PUBLIC",
      imageConfiguration: runtime,
    },
  };
}

/** Returns the plain variables with the one that keeps Socket.IO from trying WebSockets. */
function variablesOf(props: CompleteAppRunnerServiceProps): Readonly<Record<string, string>> {
  const { environment, socketIo, transportsVariable } = props;
  return socketIo ? { ...environment, [transportsVariable]: POLLING_ONLY } : environment;
}

function escaped(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, escapeTemplate(value)]));
}

/** The provider expects numbers as text. */
function text(value: number): string {
  return isUnresolved(value) ? Token.asString(value) : String(value);
}
