export { literalOneOf, oneOf } from "./choices";
export { dependency, method } from "./dependency";
export { type Kind, type ProblemCollector, type Shape } from "./kind";
export { array, arrayOfKnownLength } from "./lists";
export { looseObject, object, readFields, record, unknown, unknownProp, unreadable } from "./objects";
export { boolean, HOW_TO_WRITE, number, numberOrFalse, string, stringOr } from "./scalars";
export { type Forms, union } from "./union";
