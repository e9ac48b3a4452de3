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
import { Checks } from "../core/checks";
import { shortestIdleTimeoutSec } from "../core/heartbeat";
import { physicalName } from "../core/names";
import { readProps } from "../core/props";
import { type AlbWebsocketProps, PROPS } from "./props";
import { albWebsocketDefaults, type CompleteAlbWebsocketProps } from "./defaults";
import { defaultIdleTimeoutSec, LONGEST_IDLE_TIMEOUT_SEC } from "./idle-timeout";
import { cidrSources, type IngressSources, namedSources } from "./ingress-sources";
import { AlbService } from "./alb-service";
import { type AlbServiceProps } from "./alb-service-props";
import { type ServiceTarget } from "./service-target";
import { validateAlbWebsocket } from "./validation/alb-websocket";
import { checkServiceId } from "./validation/service-id";

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** Creates an application load balancer whose timeouts, stickiness and deregistration suit Socket.IO, for one or more services. */
export class AlbWebsocket extends Construct {
  readonly loadBalancerArn: string;
  /** Value of the CloudWatch dimension `LoadBalancer`. */
  readonly loadBalancerArnSuffix: string;
  readonly dnsName: string;
  /** For an alias record in Route 53. */
  readonly hostedZoneId: string;
  readonly securityGroupId: string;
  /** The listener that forwards to the services. */
  readonly listenerArn: string;
  readonly scheme: "https" | "http";
  /** Seconds after which the load balancer closes a silent connection. */
  readonly idleTimeoutSec: number;
  /** Header that every request must carry; `undefined` without `requiredHeader`. A Cdn in front has to send it. */
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
   * Adds a service: a target group, and the rule that sends requests to it. One service may have neither hosts nor paths; it receives
   * every other request, which is answered with 404 otherwise.
   *
   * @param id must not change later: the target group's name and the rule's priority are derived from it
   * @throws ConfigurationError with every problem of the props
   */
  addService(id: string, props: AlbServiceProps): ServiceTarget {
    checkServiceId(new Checks(this), id, this.services);
    const service = new AlbService(this, id, props, {
      name: this.props.name,
      vpcId: this.props.network.vpcId,
      listener: this.listener,
      loadBalancerArnSuffix: this.loadBalancerArnSuffix,
      securityGroupId: this.securityGroupId,
      heartbeat: this.props.heartbeat,
      idleTimeoutSec: this.idleTimeoutSec,
      requiredHeader: this.props.requiredHeader,
      otherServices: this.services,
    });
    this.services.push(service);
    return service.target;
  }

  /** Creates the security group without egress; each service allows traffic to its own tasks. */
  private createSecurityGroup(): SecurityGroup {
    const name = physicalName([this.props.name, "alb"], { maxLength: 255 });
    const group = new SecurityGroup(this, "security-group", {
      name,
      description: "Clients of the load balancer",
      vpcId: this.props.network.vpcId,
      tags: { Name: name },
    });
    const port = this.scheme === "https" ? HTTPS_PORT : HTTP_PORT;
    this.allow(group, this.scheme, port, { ...cidrSources(this.props), ...namedSources(this.props) });
    if (this.redirects()) this.allow(group, "redirect", HTTP_PORT, cidrSources(this.props));
    return group;
  }

  private allow(group: SecurityGroup, purpose: string, port: number, sources: IngressSources): void {
    for (const [key, source] of Object.entries(sources)) {
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
      `idleTimeoutSec: expected ${shortest} (heartbeat and head-room) to ${LONGEST_IDLE_TIMEOUT_SEC} s; a shorter timeout closes healthy connections.`,
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

  /** Returns the listener's answer to requests that no rule matches, until a service takes the default action. */
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
