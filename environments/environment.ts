import { type DatabaseProps } from "../modules/database";
import { type CacheProps } from "../modules/cache";
import { type OriginAccess } from "../modules/cdn";
import { type LogRetentionDays } from "../modules/core";
import { type Egress, type NatInstance } from "../modules/network";
import { type ProfileName } from "./profiles";

/** A site's name that Route 53 answers for: its certificates and its alias records are made with the environment. */
export interface HostedName {
  /** The site's public name, in the zone. */
  readonly domainName: string;
  /** Name of the public hosted zone: `example.com`. */
  readonly zoneName: string;
  /** Id of a zone that is there and answers already; without it a zone is made, $0.50 a month. */
  readonly zoneId?: string;
  /** Whether the parent names the name servers of a zone that is made here; until it does, the apply stops and lists them. */
  readonly delegated?: boolean;
}

/** How clients come in. */
export type Entrance =
  | {
      readonly kind: "https";
      /** The site's public name; points at the load balancer. */
      readonly domainName: string;
      /** ACM certificate for it, in the environment's region. */
      readonly certificateArn: string;
    }
  /** HTTPS at the load balancer, with the name and its certificate from Route 53 and ACM. */
  | ({ readonly kind: "route53" } & HostedName)
  /** The same behind CloudFront: a load balancer that nobody else reaches, and the web ACL at the edge. */
  | ({
      readonly kind: "cloudfront";
      /**
       * How nobody else reaches it: in private subnets, through a VPC origin, unless it says otherwise. `secret-header` is a public one
       * that asks for the value of the variable `origin_secret`, for an account where a VPC origin does not do.
       */
      readonly originAccess?: OriginAccess;
    } & HostedName)
  | {
      /** Plain HTTP at the load balancer's own name: for development only. */
      readonly kind: "insecure-http";
    };

/** PostgreSQL on one instance and perhaps its standby, or on Aurora Serverless v2 with a writer and readers. */
export type EnvironmentDatabase =
  | ({ readonly engine?: "postgres" } & Required<
      Pick<
        DatabaseProps,
        "instanceClass" | "allocatedStorageGiB" | "maxAllocatedStorageGiB" | "multiAz" | "backupRetentionDays"
      >
    > &
      Pick<DatabaseProps, "readReplicaCount" | "readReplicaClass">)
  | ({ readonly engine: "aurora-postgresql" } & Required<
      Pick<DatabaseProps, "minCapacityAcu" | "maxCapacityAcu" | "instanceCount" | "backupRetentionDays">
    >);

/** One shard with its replicas, or several in cluster mode, which the app then speaks to by the sharded adapter. */
export type EnvironmentCache =
  | ({ readonly kind?: "replication-group" } & Required<Pick<CacheProps, "nodeType" | "replicas">>)
  | ({ readonly kind: "cluster" } & Required<Pick<CacheProps, "nodeType" | "replicas" | "shards">>);

/** Everything in which one environment differs from another: plain data, no logic. */
export interface Environment {
  /** Short name, part of every physical name: `dev`. */
  readonly name: string;
  /** `production` turns rules on that nobody should have to remember; see `defineEnvironment`. */
  readonly tier: "development" | "production";
  /** Size that fields come from which the environment does not give itself; see `profiles`. */
  readonly profile?: ProfileName;
  /** What runs the application. */
  readonly pattern: "fargate";
  readonly accountId: string;
  readonly region: string;
  /** 2 or 3 zones of the region. */
  readonly availabilityZones: readonly string[];
  /** Block of the VPC; one that no other network of yours uses. */
  readonly cidrBlock: string;
  /** Where Terraform's state of this environment lives. */
  readonly state: { readonly bucket: string };
  /** Tag of the image that runs here; a promotion is a commit that changes it. `-var image_digest=sha256:…` overrides it. */
  readonly release: string;
  readonly entrance: Entrance;
  /** Whether everything may be destroyed without a trace: no deletion protection, no final snapshot. */
  readonly disposable: boolean;
  /** Whether one customer managed key encrypts logs, database, cache and secrets; about $1 a month and usage. */
  readonly customerManagedKey: boolean;
  readonly logRetentionDays: LogRetentionDays;
  readonly egress: Egress;
  /** The machine behind egress `single-nat-instance` and `nat-instance-per-zone`, where the usual one does not do. */
  readonly natInstance?: NatInstance;
  /** Whether clients and tasks have IPv6 beside IPv4; off unless it says so. Addresses of IPv6 cost nothing. */
  readonly ipv6?: boolean;
  readonly database: EnvironmentDatabase;
  readonly cache: EnvironmentCache;
  readonly service: {
    /** CPU units, 1024 = 1 vCPU. */
    readonly cpu: number;
    readonly memoryMiB: number;
    readonly minCount: number;
    readonly maxCount: number;
    /** Scale out above this many open sockets on a task. */
    readonly connectionsPerTask: number;
    /** Share of the tasks above the first that run on FARGATE_SPOT: up to 70 % cheaper, stopped with two minutes' notice. */
    readonly spot: boolean;
  };
  readonly alarms: { readonly emails: readonly string[] };
}

/** What a profile decides. */
export type ProfileFields = Pick<
  Environment,
  "customerManagedKey" | "logRetentionDays" | "egress" | "database" | "cache" | "service"
>;

type SomeOf<T> = T extends unknown ? Partial<T> : never;

/** An environment as it is written down: whole, or a profile and what differs from it, field by field. */
export type GivenEnvironment =
  | Environment
  | (Omit<Environment, keyof ProfileFields | "profile"> & {
      readonly profile: ProfileName;
    } & {
      readonly [Field in keyof ProfileFields]?: ProfileFields[Field] extends object
        ? SomeOf<ProfileFields[Field]>
        : ProfileFields[Field];
    });
