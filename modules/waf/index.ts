export { type ManagedGroupKey } from "./managed-groups";
export {
  and,
  byteMatch,
  crossSiteScripting,
  type Field,
  type ForwardedIp,
  geo,
  ipSet,
  label,
  type ManagedGroup,
  managedGroup,
  not,
  or,
  type Position,
  rateBased,
  type RateLimit,
  regex,
  ruleGroup,
  size,
  sqlInjection,
  type Statement,
  type Transformation,
  type WafStatement,
} from "./statements";
export { Waf } from "./waf";
export { type AnonymousIpMode, type WafProps, type WafRule, type WafScope } from "./props";
export { type RateWindowSec } from "./rate-windows";
