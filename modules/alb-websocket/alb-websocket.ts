import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import {
  atLeastTwoSubnets,
  between,
  lifecycleWithPreconditions,
  type Precondition,
  applyTimePrecondition,
} from "../core/apply-time";
import { Checks, formatValue } from "../core/checks";
import { shortestIdleTimeoutSec } from "../core/heartbeat";
import { BASE_NAME, BASE_NAME_MAX_LENGTH, physicalName } from "../core/names";
import { readProps } from "../core/props";
import { type AlbWebsocketProps, PROPS } from "./props";
import { albWebsocketDefaults, type CompleteAlbWebsocketProps } from "./defaults";
import { cidrClients, type Clients, namedClients } from "./ingress-sources";
import { AlbService } from "./alb-service";
import { type AlbServiceProps } from "./alb-service-props";
import { type ServiceTarget } from "./service-target";
import { defaultIdleTimeoutSec, LONGEST_IDLE_TIMEOUT_SEC, validateAlbWebsocket } from "./validation/alb-websocket";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** An application load balancer whose timeouts, stickiness and deregistration fit Socket.IO, for one service or many. */
export class AlbWebsocket extends Construct {
  readonly loadBalancerArn: string;
  /** For CloudWatch's dimension `LoadBalancer`. */
  readonly loadBalancerArnSuffix: string;
  readonly dnsName: string;
  /** For an alias record in Route 53. */
  readonly hostedZoneId: string;
  readonly securityGroupId: string;
  /** The listener that forwards. */
  readonly listenerArn: string;
  readonly scheme: "https" | "http";
  /** Seconds after which a silent connection is cut. */
  readonly idleTimeoutSec: number;
  /** The header without which nobody gets through, if there is one: a Cdn has to send it. */
  readonly requiredHeaderName: string | undefined;
  readonly loadBalancer: Lb;
  readonly listener: LbListener;
  readonly securityGroup: SecurityGroup;

  private readonly props: CompleteAlbWebsocketProps;
  private readonly services: AlbService[] = [];

  /** @throws ConfigurationError with every problem of the props */
  constructor(scope: Construct, id: string, props: AlbWebsocketProps) {
    super(scope, id);
    const checks = new Checks(this);
    this.props = readProps(checks, props, PROPS, albWebsocketDefaults);
    validateAlbWebsocket(checks, this.props);

    this.scheme = this.props.certificateArn === undefined ? "http" : "https";
    this.idleTimeoutSec = this.props.idleTimeoutSec ?? defaultIdleTimeoutSec(this.props.heartbeat);
    this.requiredHeaderName = this.props.requiredHeader?.name;
    this.securityGroup = this.createSecurityGroup();
    this.loadBalancer = this.createLoadBalancer();
    this.listener = this.scheme === "https" ? this.createHttpsListener() : this.createHttpListener();
    if (this.redirects()) this.createRedirect();
    this.createAdditionalCertificates();

    this.loadBalancerArn = this.loadBalancer.arn;
    this.loadBalancerArnSuffix = this.loadBalancer.arnSuffix;
    this.dnsName = this.loadBalancer.dnsName;
    this.hostedZoneId = this.loadBalancer.zoneId;
    this.securityGroupId = this.securityGroup.id;
    this.listenerArn = this.listener.arn;
  }

  /**
   * A place for one service: a target group, and the rule that sends requests to it. One service may have neither hosts nor paths:
   * it takes the rest, which is answered 404 otherwise.
   *
   * @param id stays for ever: it names the target group and numbers the rule
   * @throws ConfigurationError with every problem of the props
   */
  addService(id: string, props: AlbServiceProps): ServiceTarget {
    this.checkServiceId(id);
    const service = new AlbService(this, id, props, {
      name: this.props.name,
      vpcId: this.props.network.vpcId,
      listener: this.listener,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      securityGroupId: this.securityGroupId,
      heartbeat: this.props.heartbeat,
      idleTimeoutSec: this.idleTimeoutSec,
      requiredHeader: this.props.requiredHeader,
      others: this.services,
    });
    this.services.push(service);
    return service.target;
  }

  private checkServiceId(id: string): void {
    const checks = new Checks(this);
    checks.require(BASE_NAME.test(id) && id.length <= BASE_NAME_MAX_LENGTH, {
      prop: "addService",
      expected: `an id of lower-case letters, digits and single hyphens, at most ${BASE_NAME_MAX_LENGTH}`,
      got: formatValue(id),
      remedy: 'Use one such as "web".',
    });
    checks.require(!this.services.some(({ route }) => route.service === id), {
      prop: "addService",
      expected: "an id of its own for each service",
      got: formatValue(id),
      remedy: "Use another id.",
    });
    checks.throwIfInvalid();
  }

  /** No way out at all: each service opens the way to its own tasks. */
  private createSecurityGroup(): SecurityGroup {
    const name = physicalName([this.props.name, "alb"], { maxLength: 255 });
    const group = new SecurityGroup(this, "security-group", {
      name,
      description: "Clients of the load balancer",
      vpcId: this.props.network.vpcId,
      tags: { Name: name },
    });
    const port = this.scheme === "https" ? HTTPS_PORT : HTTP_PORT;
    this.allow(group, this.scheme, port, { ...cidrClients(this.props), ...namedClients(this.props) });
    if (this.redirects()) this.allow(group, "redirect", HTTP_PORT, cidrClients(this.props));
    return group;
  }

  private allow(group: SecurityGroup, purpose: string, port: number, clients: Clients): void {
    for (const [key, source] of Object.entries(clients)) {
      new VpcSecurityGroupIngressRule(this, `ingress-${purpose}-${key}`, {
        securityGroupId: group.id,
        description: purpose === "redirect" ? "Clients to be sent on to HTTPS" : "Clients",
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        ...source,
      });
    }
  }

  private redirects(): boolean {
    return this.scheme === "https" && this.props.redirectHttp;
  }

  private createLoadBalancer(): Lb {
    const { accessLogs } = this.props;
    return new Lb(this, "load-balancer", {
      name: physicalName([this.props.name, "alb"], { maxLength: 32 }),
      loadBalancerType: "application",
      internal: this.props.internal,
      ipAddressType: this.props.ipAddressType,
      subnets: [...this.subnets()],
      securityGroups: [this.securityGroup.id],
      idleTimeout: this.idleTimeoutSec,
      clientKeepAlive: this.props.clientKeepAliveSec,
      enableHttp2: this.props.http2,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: this.props.desyncMitigationMode,
      preserveHostHeader: this.props.preserveHostHeader,
      xffHeaderProcessingMode: this.props.xffHeaderProcessingMode,
      enableDeletionProtection: this.props.deletionProtection,
      lifecycle: lifecycleWithPreconditions([...this.subnetCondition(), ...this.idleTimeoutCondition()]),
      accessLogs: accessLogs && { enabled: true, bucket: accessLogs.bucketName, prefix: accessLogs.prefix },
    });
  }

  private subnets(): readonly string[] {
    const { network, internal } = this.props;
    return internal ? network.privateSubnetIds! : network.publicSubnetIds;
  }

  private subnetCondition(): Precondition[] {
    return atLeastTwoSubnets(
      this.props.internal ? "network.privateSubnetIds" : "network.publicSubnetIds",
      this.subnets(),
    );
  }

  private idleTimeoutCondition(): Precondition[] {
    const shortest = shortestIdleTimeoutSec(this.props.heartbeat);
    return applyTimePrecondition(
      [this.idleTimeoutSec],
      () => between(this.idleTimeoutSec, shortest, LONGEST_IDLE_TIMEOUT_SEC),
      `idleTimeoutSec: expected ${shortest} (heartbeat and head-room) to ${LONGEST_IDLE_TIMEOUT_SEC} s; a shorter one cuts healthy connections.`,
    );
  }

  private createHttpsListener(): LbListener {
    return new LbListener(this, "https-listener", {
      loadBalancerArn: this.loadBalancer.arn,
      port: HTTPS_PORT,
      protocol: "HTTPS",
      sslPolicy: this.props.sslPolicy,
      certificateArn: this.props.certificateArn,
      defaultAction: [this.defaultAction()],
    });
  }

  private createHttpListener(): LbListener {
    return new LbListener(this, "http-listener", {
      loadBalancerArn: this.loadBalancer.arn,
      port: HTTP_PORT,
      protocol: "HTTP",
      defaultAction: [this.defaultAction()],
    });
  }

  /** What the listener answers to what no rule takes, as long as no service has taken its default action. */
  private defaultAction(): LbListenerDefaultAction {
    return this.props.requiredHeader ? FORBIDDEN : NOT_FOUND;
  }

  private createRedirect(): void {
    new LbListener(this, "redirect-listener", {
      loadBalancerArn: this.loadBalancer.arn,
      port: HTTP_PORT,
      protocol: "HTTP",
      defaultAction: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: `${HTTPS_PORT}`, statusCode: "HTTP_301" } },
      ],
    });
  }

  private createAdditionalCertificates(): void {
    for (const [key, certificateArn] of Object.entries(this.props.additionalCertificateArns ?? {})) {
      new LbListenerCertificate(this, `certificate-${key}`, { listenerArn: this.listener.arn, certificateArn });
    }
  }
}

const NOT_FOUND = fixedResponse("404", "Not found");
const FORBIDDEN = fixedResponse("403", "Forbidden");

function fixedResponse(statusCode: string, messageBody: string): LbListenerDefaultAction {
  return { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody, statusCode } };
}
