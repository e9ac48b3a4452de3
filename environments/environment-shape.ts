import * as kind from "../modules/core/kinds";
import { NAT_INSTANCE } from "../modules/network/nat-instance-props";
import { type Entrance, type Environment, type EnvironmentCache, type EnvironmentDatabase } from "./environment";

type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, K> = T extends unknown ? (K extends keyof T ? T[K] : never) : never;
/** The fields of all forms of a part: which of them go together is judged by checks of their own. */
type FieldsOf<T> = { readonly [K in KeysOf<T>]?: ValueOf<T, K> };

/** The kind of every field of an environment, for whoever writes one in JavaScript or through a cast. */
export const ENVIRONMENT: kind.Shape<Environment> = {
  name: kind.text,
  tier: kind.text,
  profile: kind.text,
  accountId: kind.text,
  region: kind.text,
  availabilityZones: kind.list(kind.text),
  cidrBlock: kind.text,
  state: kind.object<Environment["state"]>({ bucket: kind.text }),
  release: kind.text,
  entrance: kind.object<FieldsOf<Entrance>>({
    kind: kind.text,
    domainName: kind.text,
    certificateArn: kind.text,
    zoneName: kind.text,
    zoneId: kind.text,
    delegated: kind.flag,
    originAccess: kind.text,
  }),
  disposable: kind.flag,
  customerManagedKey: kind.flag,
  logRetentionDays: kind.number,
  egress: kind.text,
  natInstance: NAT_INSTANCE,
  ipv6: kind.flag,
  database: kind.object<FieldsOf<EnvironmentDatabase>>({
    engine: kind.text,
    instanceClass: kind.text,
    allocatedStorageGiB: kind.number,
    maxAllocatedStorageGiB: kind.number,
    multiAz: kind.flag,
    readReplicaCount: kind.number,
    readReplicaClass: kind.text,
    minCapacityAcu: kind.number,
    maxCapacityAcu: kind.number,
    instanceCount: kind.number,
    backupRetentionDays: kind.number,
  }),
  cache: kind.object<FieldsOf<EnvironmentCache>>({
    kind: kind.text,
    nodeType: kind.text,
    replicas: kind.number,
    shards: kind.number,
  }),
  service: kind.object<Environment["service"]>({
    cpu: kind.number,
    memoryMiB: kind.number,
    minCount: kind.number,
    maxCount: kind.number,
    connectionsPerTask: kind.number,
    spot: kind.flag,
  }),
  alarms: kind.object<Environment["alarms"]>({ emails: kind.list(kind.text) }),
};
