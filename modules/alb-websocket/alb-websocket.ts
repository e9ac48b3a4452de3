import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener, type LbListenerConfig, type LbListenerDefaultAction } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Token } from "cdktf";
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
import { movedFrom } from "../core/moved";
import { physicalName } from "../core/names";
import { ownDependencies } from "../core/own-dependencies";
import { readProps } from "../core/props";
import { allowIngress } from "../core/security-group-rules";
import { type AlbWebsocketProps, PROPS } from "./props";
import { albWebsocketDefaults, type CompleteAlbWebsocketProps } from "./defaults";
import { defaultIdleTimeoutSec, LONGEST_IDLE_TIMEOUT_SEC } from "./idle-timeout";
import { cidrSources, type IngressSources, namedSources } from "./ingress-sources";
import { AlbService } from "./alb-service";
import { type AlbServiceProps } from "./alb-service-props";
import { type ServiceTarget } from "./service-target";
import { validateAlbWebsocket } from "./validation/alb-websocket";
import { checkServiceId } from "./validation/service-id";

const PORTS = { http: 80, https: 443 } as const;

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
    this.listener = this.createListeners();
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
      scope: this,
      name: this.props.name,
      vpcId: this.props.network.vpcId,
      internal: this.props.internal,
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
    this.allow(group, this.scheme, { ...cidrSources(this.props), ...namedSources(this.props) });
    if (this.redirects()) this.allow(group, "http", cidrSources(this.props));
    return group;
  }

  /** Allows sources on a port, whose rules keep their addresses when port 80 turns from an entrance into a redirect. */
  private allow(group: SecurityGroup, scheme: "https" | "http", sources: IngressSources): void {
    const ports = { from: PORTS[scheme], to: PORTS[scheme] };
    const description = scheme === this.scheme ? "Clients" : "Clients to be sent on to HTTPS";
    for (const [key, { peer, prop }] of Object.entries(sources)) {
      const config = { securityGroupId: group.id, description, ports, ...peer };
      const rule = allowIngress(this, `ingress-${scheme}-${key}`, config, { scope: this, prop });
      if (scheme === "http") movedFrom(rule, this, `ingress-redirect-${key}`);
    }
  }

  private redirects(): boolean {
    return this.scheme === "https" && this.props.redirectHttp;
  }

  private createLoadBalancer(): Lb {
    const { accessLogs } = this.props;
    const access = ownDependencies(this, this.props.network.publicDependencies ?? []);
    return new Lb(this, "load-balancer", {
      name: this.loadBalancerName(),
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
      lifecycle: lifecycleWithPreconditions([...this.subnetCondition(), ...this.idleTimeoutCondition()], {
        // A distribution, its VPC origin and records still refer to the load balancer until they have been updated.
        createBeforeDestroy: true,
      }),
      accessLogs: accessLogs && { enabled: true, bucket: accessLogs.bucketName, prefix: accessLogs.prefix },
      // An internal one needs the internet gateway too: without it CloudFront creates no VPC origin.
      dependsOn: access.length > 0 ? access : undefined,
    });
  }

  /** Returns a name that changes with `internal`, because the old and the new load balancer exist side by side for a while. */
  private loadBalancerName(): string {
    const { name, internal } = this.props;
    return physicalName([name, ...(internal ? ["internal"] : []), "alb"], { maxLength: 32 });
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

  /** Creates one listener for each open port, and returns the one that forwards to the services. */
  private createListeners(): LbListener {
    if (this.scheme === "http") return this.createHttpListener(this.defaultAction());
    const https = this.createListener("https-listener", {
      port: PORTS.https,
      protocol: "HTTPS",
      sslPolicy: this.props.sslPolicy,
      certificateArn: this.props.certificateArn,
      defaultAction: [this.defaultAction()],
    });
    if (this.redirects()) this.createHttpListener(redirectTo(https));
    return https;
  }

  private createHttpListener(action: LbListenerDefaultAction): LbListener {
    const listener = this.createListener("http-listener", {
      port: PORTS.http,
      protocol: "HTTP",
      defaultAction: [action],
    });
    movedFrom(listener, this, "redirect-listener");
    return listener;
  }

  private createListener(id: string, config: Omit<LbListenerConfig, "loadBalancerArn">): LbListener {
    return new LbListener(this, id, {
      loadBalancerArn: this.loadBalancer.arn,
      ...config,
      // Port 80 redirects to the HTTPS listener, and rules belong to it, until they have been updated.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** Returns the listener's answer to requests that no rule matches, until a service takes the default action. */
  private defaultAction(): LbListenerDefaultAction {
    return this.props.requiredHeader ? FORBIDDEN : NOT_FOUND;
  }

  private createAdditionalCertificates(): void {
    for (const [key, certificateArn] of Object.entries(this.props.additionalCertificateArns ?? {})) {
      new LbListenerCertificate(this, `certificate-${key}`, { listenerArn: this.listener.arn, certificateArn });
    }
  }
}

const NOT_FOUND = fixedResponse("404", "Not found");
const FORBIDDEN = fixedResponse("403", "Forbidden");

/** The port is the listener's attribute, so that HTTP is redirected only once HTTPS answers. */
function redirectTo(https: LbListener): LbListenerDefaultAction {
  const port = Token.asString(https.port);
  return { type: "redirect", redirect: { protocol: "HTTPS", port, statusCode: "HTTP_301" } };
}

function fixedResponse(statusCode: string, messageBody: string): LbListenerDefaultAction {
  return { type: "fixed-response", fixedResponse: { contentType: "text/plain", messageBody, statusCode } };
}
