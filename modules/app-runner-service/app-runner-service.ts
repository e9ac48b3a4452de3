import { ApprunnerAutoScalingConfigurationVersion } from "@cdktf/provider-aws/lib/apprunner-auto-scaling-configuration-version";
import { ApprunnerCustomDomainAssociation } from "@cdktf/provider-aws/lib/apprunner-custom-domain-association";
import { ApprunnerObservabilityConfiguration } from "@cdktf/provider-aws/lib/apprunner-observability-configuration";
import { type ApprunnerService } from "@cdktf/provider-aws/lib/apprunner-service";
import { ApprunnerVpcConnector } from "@cdktf/provider-aws/lib/apprunner-vpc-connector";
import { type IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { dependable, Fn, type ITerraformDependable, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { arnField } from "../core/arn";
import { Checks } from "../core/checks";
import { policyDocument, type PolicyStatement } from "../core/iam-policy";
import { locationOf } from "../core/location";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { dnsSuffixIn } from "../core/regions";
import { createSecurity, type Security } from "../ecs/security-group";
import { validateTaskPolicy } from "../ecs/validation/policy-statement";
import { type CompleteAppRunnerServiceProps, readAppRunnerServiceProps } from "./defaults";
import { CONFIGURATION_NAME_LENGTH, SERVICE_NAME_LENGTH } from "./limits";
import { type AppRunnerServiceProps } from "./props";
import { createAccessRole, createInstanceRole } from "./roles";
import { createService } from "./service";
import { validateAppRunnerService } from "./validation/app-runner-service";

const POLICIES = { method: "addInstancePolicy", idPrefix: "instance-policy-" } as const;

/**
 * Runs a web application on App Runner. App Runner takes no new customers and carries no WebSockets: Socket.IO works by long-polling, on one instance.
 */
export class AppRunnerService extends Construct {
  readonly serviceName: string;
  readonly serviceArn: string;
  readonly serviceId: string;
  /** Host under awsapprunner.com, known once the service exists. */
  readonly serviceHost: string;
  /** Log group of the application's output. App Runner creates it and keeps its lines for ever. */
  readonly logGroupName: string;
  readonly instanceRoleArn: string;
  readonly instanceRoleName: string;
  /** Group of the instances' interfaces in the VPC; `undefined` without a network. */
  readonly securityGroupId: string | undefined;
  /** Target of the custom domain's DNS record; `undefined` without one. */
  readonly dnsTarget: string | undefined;
  /** DNS records with which ACM validates the custom domain's certificate, as JSON; `undefined` without one. */
  readonly validationRecords: string | undefined;
  /** Most clients of Socket.IO at once: each holds a request open. */
  readonly maxConcurrency: number;

  readonly service: ApprunnerService;
  readonly instanceRole: IamRole;
  readonly accessRole: IamRole | undefined;
  readonly securityGroup: SecurityGroup | undefined;
  readonly vpcConnector: ApprunnerVpcConnector | undefined;

  private readonly props: CompleteAppRunnerServiceProps;
  /** What has to exist before the first instance starts. */
  private dependencies: readonly ITerraformDependable[];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: AppRunnerServiceProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readAppRunnerServiceProps(checks, props);
    validateAppRunnerService(checks, this.props);

    const { name } = this.props;
    this.serviceName = physicalName([name], { maxLength: SERVICE_NAME_LENGTH.max });
    const scaling = this.createScaling();
    const region = new TerraformLocal(this, "region", arnField(scaling.arn, "region")).asString;
    const dnsSuffix = dnsSuffixIn(arnField(scaling.arn, "partition"), locationOf(this).region);
    const access = createAccessRole(this, this.props);
    const instance = createInstanceRole(this, this.props, { region, dnsSuffix });
    const security = this.createSecurity();
    this.vpcConnector = security && this.createConnector(security);
    this.dependencies = ownDependencies(this, [
      ...[access?.policy, instance.policy].filter((policy) => policy !== undefined),
      ...(security?.rules ?? []),
    ]);
    this.instanceRole = instance.role;
    this.service = createService(this, this.props, {
      serviceName: this.serviceName,
      instanceRoleArn: instance.role.arn,
      accessRoleArn: access?.role.arn,
      autoScalingConfigurationArn: scaling.arn,
      vpcConnectorArn: this.vpcConnector?.arn,
      observabilityConfigurationArn: this.createTracing()?.arn,
      dependsOn: this.dependencies,
    });
    const domain = this.createDomain();
    if (this.props.instancePolicyStatements.length > 0)
      this.addInstancePolicy("app", this.props.instancePolicyStatements);

    this.serviceArn = this.service.arn;
    this.serviceId = this.service.serviceId;
    this.serviceHost = this.service.serviceUrl;
    this.logGroupName = `/aws/apprunner/${this.serviceName}/${this.service.serviceId}/application`;
    this.instanceRoleArn = instance.role.arn;
    this.instanceRoleName = instance.role.name;
    this.accessRole = access?.role;
    this.securityGroup = security?.group;
    this.securityGroupId = security?.group.id;
    this.dnsTarget = domain?.dnsTarget;
    this.validationRecords = domain && Fn.jsonencode(domain.certificateValidationRecords);
    this.maxConcurrency = this.props.maxConcurrency;
  }

  /**
   * Adds an IAM policy to the application's role; a database grants its IAM authentication this way. The service depends on the policy.
   *
   * @param id name of the policy in the role, kebab-case
   * @throws ConfigurationError when the id is malformed or taken, or a statement is one that IAM refuses
   */
  addInstancePolicy(id: string, statements: readonly PolicyStatement[]): void {
    validateTaskPolicy(this, id, statements, POLICIES);
    const policy = new IamRolePolicy(this, `${POLICIES.idPrefix}${id}`, {
      name: id,
      role: this.instanceRole.id,
      policy: policyDocument(statements),
    });
    this.dependencies = ownDependencies(this, [...this.dependencies, policy]);
    this.service.dependsOn = this.dependencies.map(dependable);
  }

  /** Each change is a new revision of the same name, which the service uses before the old one goes. */
  private createScaling(): ApprunnerAutoScalingConfigurationVersion {
    const { name, minInstances, maxInstances, maxConcurrency } = this.props;
    return new ApprunnerAutoScalingConfigurationVersion(this, "scaling", {
      autoScalingConfigurationName: physicalName([name], { maxLength: CONFIGURATION_NAME_LENGTH }),
      minSize: minInstances,
      maxSize: maxInstances,
      maxConcurrency,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createSecurity(): Security | undefined {
    const { name, network, connections, egressCidrs } = this.props;
    if (network === undefined) return undefined;
    const props = { name, network, connections, egressCidrs, egressPrefixListIds: {}, loadBalancer: undefined };
    return createSecurity(this, props, "instances");
  }

  private createConnector({ group }: Security): ApprunnerVpcConnector {
    const { name, network } = this.props;
    return new ApprunnerVpcConnector(this, "vpc-connector", {
      vpcConnectorName: physicalName([name], { maxLength: SERVICE_NAME_LENGTH.max }),
      subnets: [...network!.taskSubnetIds],
      securityGroups: [group.id],
    });
  }

  private createTracing(): ApprunnerObservabilityConfiguration | undefined {
    const { name, tracing } = this.props;
    if (!tracing) return undefined;
    return new ApprunnerObservabilityConfiguration(this, "tracing", {
      observabilityConfigurationName: physicalName([name], { maxLength: CONFIGURATION_NAME_LENGTH }),
      traceConfiguration: { vendor: "AWSXRAY" },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createDomain(): ApprunnerCustomDomainAssociation | undefined {
    const { customDomain } = this.props;
    if (customDomain === undefined) return undefined;
    return new ApprunnerCustomDomainAssociation(this, "domain", {
      serviceArn: this.service.arn,
      domainName: customDomain.domainName,
      enableWwwSubdomain: customDomain.enableWww ?? false,
    });
  }
}
