export { type Field, type Position, type Transformation } from "./fields";
export { FORWARDED_IP, type ForwardedIp } from "./forwarded-ip";
export { and, not, or } from "./logical-statements";
export { byteMatch, crossSiteScripting, geo, ipSet, label, regex, size, sqlInjection } from "./match-statements";
export { type ManagedGroup, managedGroup, rateBased, type RateLimit, ruleGroup } from "./top-level-statements";
export { type Statement, type StatementKind, WafStatement } from "./waf-statement";
