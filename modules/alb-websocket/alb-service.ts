import { createHash } from "node:crypto";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup, type LbTargetGroupStickiness } from "@cdktf/provider-aws/lib/lb-target-group";
import { type ITerraformDependable, Op, Token } from "cdktf";
import { Construct } from "constructs";
import { lifecycleWithPreconditions, type Precondition, applyTimePrecondition } from "../core/apply-time";
import { Checks } from "../core/checks";
import { movedFrom } from "../core/moved";
import { physicalName } from "../core/names";
import { readProps, withDefaults } from "../core/props";
import { escapeTemplate, literal } from "../core/tokens";
import { albServiceDefaults, type CompleteAlbServiceProps, healthCheckDefaults } from "./defaults";
import { HIGHEST_PRIORITY, isDefaultRoute, priorityFor, type Route } from "./routing";
import { type AlbServiceProps, SERVICE_PROPS } from "./alb-service-props";
import { type ServiceTarget } from "./service-target";
import { type ServiceContext } from "./service-context";
import { shortestDelaySec, validateAlbService } from "./validation/alb-service";

/** Creates a target group, and the listener rule (or default action) that sends requests to it. */
export class AlbService extends Construct {
  readonly route: Route;
  /** Priority of the listener rule; `undefined` for the service that takes the listener's default action. */
  readonly priority: number | undefined;
  readonly deregistrationDelaySec: number;
  readonly targetGroup: LbTargetGroup;
  readonly target: ServiceTarget;

  private readonly props: CompleteAlbServiceProps;

  /** @throws ConfigurationError with every problem of the props */
  constructor(
    scope: Construct,
    private readonly serviceId: string,
    props: AlbServiceProps,
    private readonly context: ServiceContext,
  ) {
    super(scope, `service-${serviceId}`);
    const checks = new Checks(this);
    this.props = readAlbServiceProps(checks, props);
    const { hosts = [], paths = [], priority } = this.props;
    this.route = { service: serviceId, hosts, paths, priority };
    validateAlbService(checks, this.props, this.route, context);

    this.deregistrationDelaySec = this.props.deregistrationDelaySec ?? shortestDelaySec(this.props, context);
    this.priority = this.choosePriority();
    this.targetGroup = this.createTargetGroup();
    const dependency = this.priority === undefined ? this.takeDefaultAction() : this.createRule(this.priority);
    this.target = this.describeTarget(dependency);
  }

  /** With a required header, the listener's default action answers 403, so the default service gets the rule that is evaluated last. */
  private choosePriority(): number | undefined {
    const { requiredHeader, otherServices } = this.context;
    if (isDefaultRoute(this.route)) return requiredHeader && HIGHEST_PRIORITY;
    const taken = otherServices.flatMap(({ priority }) => priority ?? []);
    if (requiredHeader) taken.push(HIGHEST_PRIORITY);
    return this.props.priority ?? priorityFor(this.serviceId, new Set(taken));
  }

  private createTargetGroup(): LbTargetGroup {
    const { containerPort, targetType, healthCheck, slowStartSec } = this.props;
    const { vpcId, internal } = this.context;
    // AWS forwards from one load balancer only to a target group, so a new one needs its own.
    const otherLoadBalancer = internal ? { internal } : {};
    const otherTargets = targetType === "instance" ? { targetType } : {};
    const replacementCauses = {
      port: literal(containerPort),
      vpcId: literal(vpcId),
      ...otherLoadBalancer,
      ...otherTargets,
    };
    return new LbTargetGroup(this, "target-group", {
      name: targetGroupName(this.context.name, this.serviceId, replacementCauses),
      vpcId: this.context.vpcId,
      targetType,
      port: containerPort,
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "traffic-port",
        path: escapeTemplate(healthCheck.path),
        healthyThreshold: healthCheck.healthyThreshold,
        unhealthyThreshold: healthCheck.unhealthyThreshold,
        timeout: healthCheck.timeoutSec,
        interval: healthCheck.intervalSec,
        matcher: healthCheck.matcher,
      },
      stickiness: this.stickiness(),
      deregistrationDelay: Token.asString(this.deregistrationDelaySec),
      loadBalancingAlgorithmType: this.algorithm(),
      slowStart: slowStartSec,
      // A listener still forwards to the old target group while the new one is created.
      lifecycle: lifecycleWithPreconditions(this.keepAliveCondition(), { createBeforeDestroy: true }),
    });
  }

  private keepAliveCondition(): Precondition[] {
    const { keepAliveTimeoutSec } = this.props;
    const { idleTimeoutSec } = this.context;
    return applyTimePrecondition(
      [keepAliveTimeoutSec, idleTimeoutSec],
      () => Op.gt(keepAliveTimeoutSec, idleTimeoutSec),
      "keepAliveTimeoutSec: expected more than the load balancer's idle timeout; if the app closes an idle connection first, some requests fail with 502.",
    );
  }

  private stickiness(): LbTargetGroupStickiness {
    const { stickiness: enabled, stickinessDurationSec: cookieDuration, stickinessCookieName: cookieName } = this.props;
    if (!enabled) return { enabled, type: "lb_cookie" };
    return cookieName === undefined
      ? { enabled, type: "lb_cookie", cookieDuration }
      : { enabled, type: "app_cookie", cookieDuration, cookieName };
  }

  private algorithm(): string {
    const { loadBalancingAlgorithm, slowStartSec } = this.props;
    return loadBalancingAlgorithm ?? (slowStartSec === 0 ? "least_outstanding_requests" : "round_robin");
  }

  private takeDefaultAction(): ITerraformDependable {
    this.context.listener.putDefaultAction([{ type: "forward", targetGroupArn: this.targetGroup.arn }]);
    return this.context.listener;
  }

  private createRule(priority: number): ITerraformDependable {
    const { hosts, paths } = this.route;
    const { requiredHeader } = this.context;
    // AWS knows a rule by its priority, so services that swap theirs update two rules instead of asking for one that is taken.
    const rule = new LbListenerRule(this.context.scope, `rule-${priority}`, {
      listenerArn: this.context.listener.arn,
      priority,
      condition: [
        ...(hosts.length > 0 ? [{ hostHeader: { values: [...hosts] } }] : []),
        ...(paths.length > 0 ? [{ pathPattern: { values: [...paths] } }] : []),
        ...(requiredHeader
          ? [{ httpHeader: { httpHeaderName: requiredHeader.name, values: [...requiredHeader.values] } }]
          : []),
      ],
      action: [{ type: "forward", targetGroupArn: this.targetGroup.arn }],
      // Another priority or listener is another rule: it receives requests before the old one goes.
      lifecycle: { createBeforeDestroy: true },
    });
    movedFrom(rule, this, "rule");
    return rule;
  }

  private describeTarget(dependency: ITerraformDependable): ServiceTarget {
    const { healthCheck, containerPort, targetType, transports } = this.props;
    return {
      targetGroupArn: this.targetGroup.arn,
      targetGroupArnSuffix: this.targetGroup.arnSuffix,
      loadBalancerArnSuffix: this.context.loadBalancerArnSuffix,
      loadBalancerSecurityGroupId: this.context.securityGroupId,
      containerPort,
      targetType,
      deregistrationDelaySec: this.deregistrationDelaySec,
      healthySec: healthCheck.intervalSec * healthCheck.healthyThreshold,
      transports,
      dependencies: [dependency],
    };
  }
}

/**
 * Returns a name that changes with every property that replaces a target group, because the old and the new one exist side by side
 * for a while.
 */
function targetGroupName(name: string, service: string, replacementCauses: Readonly<Record<string, unknown>>): string {
  const hash = createHash("sha256").update(JSON.stringify(replacementCauses)).digest("hex").slice(0, 6);
  return physicalName([name, service, hash], { maxLength: 32 });
}

function readAlbServiceProps(checks: Checks, props: AlbServiceProps): CompleteAlbServiceProps {
  const read = readProps(checks, props, SERVICE_PROPS, albServiceDefaults);
  return { ...read, healthCheck: withDefaults(healthCheckDefaults, read.healthCheck ?? {}) };
}
