export { type Field, type ForwardedIp, type Position, type Transformation } from "./parameters";
export {
  and,
  byteMatch,
  crossSiteScripting,
  geo,
  ipSet,
  label,
  not,
  or,
  regex,
  size,
  sqlInjection,
} from "./match-statements";
export { type ManagedGroup, managedGroup, rateBased, type RateLimit, ruleGroup } from "./top-level-statements";
export { type Statement, type StatementKind, WafStatement } from "./waf-statement";
