import { Fn } from "cdktf";
import { type Database, type DatabaseProps } from "../../../modules/database";
import { memoryGiBOf } from "../../../modules/database/instance-memory";
import { database } from "./make";

function made(props: Partial<DatabaseProps>): Database {
  let made: Database | undefined;
  database(props, (construct) => (made = construct));
  return made!;
}

const aurora = (minCapacityAcu: number, maxCapacityAcu: number) =>
  ({ engine: "aurora-postgresql", minCapacityAcu, maxCapacityAcu }) as const;

// The highest figures are those that AWS publishes in the Aurora user guide; RDS has the same formula.
it.each<[string, Partial<DatabaseProps>, from: number, to: number]>([
  ["a class of 1 GiB", { instanceClass: "db.t4g.micro" }, 75, 87],
  ["a class of 4 GiB", { instanceClass: "db.t4g.medium" }, 380, 405],
  ["a class of 8 GiB", { instanceClass: "db.m7g.large" }, 780, 844],
  ["a class of 16 GiB", { instanceClass: "db.r7g.large" }, 1600, 1660],
  ["the largest classes", { instanceClass: "db.r7g.16xlarge" }, 5000, 5000],
  ["1 ACU", aurora(1, 1), 180, 189],
  ["4 ACU", aurora(1, 4), 780, 823],
  ["8 ACU", aurora(1, 8), 1600, 1669],
  ["16 ACU", aurora(1, 16), 3250, 3360],
  ["32 ACU", aurora(1, 32), 5000, 5000],
  ["16 ACU that start at half a unit", aurora(0.5, 16), 2000, 2000],
  ["Aurora MySQL at 16 ACU", { engine: "aurora-mysql", minCapacityAcu: 1, maxCapacityAcu: 16 }, 2000, 2000],
  ["Aurora MySQL at 6 ACU", { engine: "aurora-mysql", minCapacityAcu: 1, maxCapacityAcu: 6 }, 135, 135],
  ["RDS MySQL of 8 GiB", { engine: "mysql", instanceClass: "db.m7g.large" }, 590, 682],
  ["a value of one's own", { parameters: { max_connections: "321" } }, 321, 321],
])("max_connections of %s is estimated, not above what AWS publishes", (_, props, from, to) => {
  const { maxConnections } = made(props);
  expect(maxConnections).toBeGreaterThanOrEqual(from);
  expect(maxConnections).toBeLessThanOrEqual(to);
});

it("max_connections is not known for a formula, an unknown family and a class known only at apply", () => {
  const own = { parameters: { max_connections: "LEAST({DBInstanceClassMemory/4000000},5000)" } };
  const later = { instanceClass: Fn.lower("DB.T4G.MICRO") };
  for (const props of [own, later]) {
    expect(made(props).maxConnections).toBeUndefined();
  }
});

it("the storage limit is the one that RDS gets", () => {
  expect(made({ allocatedStorageGiB: 80 }).maxAllocatedStorageGiB).toBe(160);
  expect(made({ allocatedStorageGiB: 20, maxAllocatedStorageGiB: 30 }).maxAllocatedStorageGiB).toBe(30);
  expect(made({ engine: "aurora-postgresql" }).maxAllocatedStorageGiB).toBeUndefined();
});

it.each([
  ["db.t4g.micro", 1],
  ["db.t3.small", 2],
  ["db.m7g.medium", 4],
  ["db.m8g.4xlarge", 64],
  ["db.r6i.32xlarge", 1024],
  ["db.x2iedn.8xlarge", 1024],
  ["db.x2g.large", 32],
])("the memory of %s is %d GiB", (instanceClass, memoryGiB) => {
  expect(memoryGiBOf(instanceClass)).toBe(memoryGiB);
});
