import * as z from "zod";
import { ec2 } from "./patterns/ec2";
import { appRunner } from "./patterns/app-runner";
import { fargate } from "./patterns/fargate";

/** Everything in which one environment may differ from another: plain data, a union by pattern. */
export const environmentSchema = z.discriminatedUnion(
  "pattern",
  [fargate, ec2, appRunner],
  "It decides what runs the application.",
);

type Immutable<T> = T extends object ? { readonly [Key in keyof T]: Immutable<T[Key]> } : T;

export type Environment = Immutable<z.output<typeof environmentSchema>>;
export type Pattern = Environment["pattern"];
/** How clients reach an environment through a load balancer. */
export type Entrance = EnvironmentBehindLoadBalancer["entrance"];
export type ProfileName = NonNullable<Environment["profile"]>;

/** An environment of one pattern, with the fields that only it has. */
export type EnvironmentOf<P extends Pattern> = Extract<Environment, { readonly pattern: P }>;
/** An environment of a pattern that clients reach through a load balancer. */
export type EnvironmentBehindLoadBalancer = Exclude<Environment, { readonly pattern: "app-runner" }>;
/** An environment of a pattern whose tasks or processes share a cache. */
export type EnvironmentWithCache = Extract<Environment, { readonly cache: unknown }>;

type ProfileField = "customerManagedKey" | "logRetentionDays" | "egress" | "database" | "cache" | "service";

/** The fields of a pattern that a profile fills in. */
export type ProfileFields<P extends Pattern> = Pick<EnvironmentOf<P>, ProfileField & keyof EnvironmentOf<P>>;

type PartialObject<T> = T extends object ? Partial<T> : T;
/** `fargate` may be left out; environments/defaults.ts fills it in. */
type WithDefaultPattern<P extends Pattern> = P extends "fargate"
  ? Omit<EnvironmentOf<P>, "pattern"> & { readonly pattern?: P }
  : EnvironmentOf<P>;
type WithProfile<P extends Pattern> = Omit<WithDefaultPattern<P>, ProfileField | "profile"> & {
  readonly profile: ProfileName;
} & { readonly [Field in keyof ProfileFields<P>]?: PartialObject<ProfileFields<P>[Field]> };
type InputOf<P extends Pattern> = P extends Pattern ? WithDefaultPattern<P> | WithProfile<P> : never;

/** An environment as its file states it: every field, or a profile and the fields that differ from it. */
export type EnvironmentInput = InputOf<Pattern>;

/** The pattern of an environment as its file states it. */
export type PatternOf<Input> = Input extends { readonly pattern: infer P extends Pattern } ? P : "fargate";
