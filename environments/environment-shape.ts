import * as kind from "../modules/core/kinds";
import { NAT_INSTANCE } from "../modules/network/nat-instance-props";
import { type Entrance, type Environment, type EnvironmentCache, type EnvironmentDatabase } from "./environment";

type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
/** The fields of all forms of a part: which of them go together is judged by checks of their own. */
type FieldsOf<T> = { readonly [K in KeysOf<T>]?: ValueOf<T, K> };

/** The kind of every field of an environment, for whoever writes one in JavaScript or through a cast. */
export const ENVIRONMENT: kind.Shape<Environment> = {
  name: kind.string,
  tier: kind.string,
  profile: kind.string,
  pattern: kind.string,
  accountId: kind.string,
  region: kind.string,
  availabilityZones: kind.array(kind.string),
  cidrBlock: kind.string,
  state: kind.object<Environment["state"]>({ bucket: kind.string }),
  release: kind.string,
  entrance: kind.object<FieldsOf<Entrance>>({
    kind: kind.string,
    domainName: kind.string,
    certificateArn: kind.string,
    zoneName: kind.string,
    zoneId: kind.string,
    delegated: kind.boolean,
    originAccess: kind.string,
  }),
  disposable: kind.boolean,
  customerManagedKey: kind.boolean,
  logRetentionDays: kind.number,
  egress: kind.string,
  natInstance: NAT_INSTANCE,
  ipv6: kind.boolean,
  database: kind.object<FieldsOf<EnvironmentDatabase>>({
    engine: kind.string,
    instanceClass: kind.string,
    allocatedStorageGiB: kind.number,
    maxAllocatedStorageGiB: kind.number,
    multiAz: kind.boolean,
    readReplicaCount: kind.number,
    readReplicaClass: kind.string,
    minCapacityAcu: kind.number,
    maxCapacityAcu: kind.number,
    instanceCount: kind.number,
    backupRetentionDays: kind.number,
  }),
  cache: kind.object<FieldsOf<EnvironmentCache>>({
    kind: kind.string,
    nodeType: kind.string,
    replicas: kind.number,
    shards: kind.number,
  }),
  service: kind.object<Environment["service"]>({
    cpu: kind.number,
    memoryMiB: kind.number,
    minCount: kind.number,
    maxCount: kind.number,
    connectionsPerTask: kind.number,
    spot: kind.boolean,
  }),
  alarms: kind.object<Environment["alarms"]>({ emails: kind.array(kind.string) }),
};
