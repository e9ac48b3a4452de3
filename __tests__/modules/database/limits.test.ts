import { Token } from "cdktf";
import { type DatabaseProps } from "../../../modules/database";
import { database, refused } from "./make";

const line = (text: string) => `[test/database] ${text}`;
const LATER = Token.asNumber("${var.later}");

describe("database accepts", () => {
  it.each<[string, Partial<DatabaseProps>]>([
    ["as many IOPS as the storage carries", { storageType: "io2", allocatedStorageGiB: 100, iops: 100_000 }],
    ["as much throughput as the IOPS carry", { allocatedStorageGiB: 400, iops: 16_000, throughputMiBps: 4_000 }],
    ["IOPS where gp3 begins to have them", { allocatedStorageGiB: 400, iops: 12_000 }],
    ["a ceiling a tenth above the storage", { allocatedStorageGiB: 100, maxAllocatedStorageGiB: 110 }],
    ["a storage that Terraform learns later", { allocatedStorageGiB: LATER, maxAllocatedStorageGiB: 110 }],
    ["a ceiling that Terraform learns later", { allocatedStorageGiB: 100, maxAllocatedStorageGiB: LATER }],
    ["an identifier of 63 characters", { identifier: "a".repeat(63) }],
    ["a database name of 63 characters", { databaseName: "a".repeat(63) }],
    ["Aurora that does not scale", { engine: "aurora-postgresql", minCapacityAcu: 4, maxCapacityAcu: 4 }],
    ["the largest Aurora", { engine: "aurora-postgresql", minCapacityAcu: 256, maxCapacityAcu: 256 }],
    ["a floor that Terraform learns later", { engine: "aurora-postgresql", minCapacityAcu: LATER, maxCapacityAcu: 1 }],
    ["a ceiling of capacity that it learns later", { engine: "aurora-postgresql", maxCapacityAcu: LATER }],
  ])("%s", (_, props) => {
    expect(() => database(props)).not.toThrow();
  });
});

describe("database refuses", () => {
  it.each<[string, Partial<DatabaseProps>, string]>([
    [
      "a database name of 64 characters",
      { databaseName: "a".repeat(64) },
      `databaseName: expected at most 63 lower-case letters, digits and underscores, beginning with a letter, got "${"a".repeat(64)}". Use a name such as "messenger_crm".`,
    ],
    [
      "a database that is there already",
      { databaseName: "postgres" },
      'databaseName: expected a name that the engine does not reserve, got "postgres". It is a reserved word or an existing system database; choose another name.',
    ],
    [
      "a throughput of io2",
      { storageType: "io2", allocatedStorageGiB: 100, iops: 3_000, throughputMiBps: 500 },
      "throughputMiBps: expected nothing with storageType io2, got 500. The throughput of io2 follows from its IOPS.",
    ],
    [
      "fewer IOPS than io2 has",
      { storageType: "io2", allocatedStorageGiB: 100, iops: 10 },
      "iops: expected a whole number from 1000 to 256000, got 10. That is the range of io2.",
    ],
    [
      "less throughput than gp3 has",
      { allocatedStorageGiB: 400, throughputMiBps: 10 },
      "throughputMiBps: expected a whole number from 500 to 4000 MiB/s, got 10. That is the range of gp3.",
    ],
    [
      "throughput of a small gp3 volume",
      { throughputMiBps: 500 },
      "throughputMiBps: expected nothing below 400 GiB of gp3, got 500. A smaller gp3 volume always has 3,000 IOPS and 125 MiB/s.",
    ],
    [
      "a ceiling that no volume has",
      { maxAllocatedStorageGiB: 70_000 },
      "maxAllocatedStorageGiB: expected a whole number from 20 to 65536 GiB, got 70000. It limits storage autoscaling, and so the bill.",
    ],
    [
      "more capacity than there is",
      { engine: "aurora-postgresql", maxCapacityAcu: 257 },
      "maxCapacityAcu: expected 1 to 256 ACU in steps of 0.5, got 257. One ACU is about 2 GiB of memory.",
    ],
    [
      "a ceiling of no capacity",
      { engine: "aurora-postgresql", minCapacityAcu: 0, maxCapacityAcu: 0 },
      "maxCapacityAcu: expected 1 to 256 ACU in steps of 0.5, got 0. One ACU is about 2 GiB of memory.",
    ],
    [
      "a third mode of insights",
      { databaseInsights: "extreme" as never },
      'databaseInsights: expected a literal, one of standard, advanced, got "extreme". Only these two modes exist.',
    ],
    [
      "logs that are no list",
      { logExports: "postgresql" as never },
      "logExports: expected a list, got a value of type string. Put its elements in brackets.",
    ],
    [
      "a parameter in capitals",
      { parameters: { Work_mem: "4096" } },
      'parameters.Work_mem: expected the name of a parameter, got "Work_mem". Spell it as the engine does.',
    ],
    [
      "a parameter with a blank at its end",
      { parameters: { "work_mem ": "4096" } },
      'parameters.work_mem : expected the name of a parameter, got "work_mem " with white space after it. Spell it as the engine does.',
    ],
    [
      "no network",
      { network: undefined },
      "network: expected a value, got nothing. Pass a Network, or the result of existingNetwork().",
    ],
    [
      "a malformed window",
      { maintenanceWindow: "someday" },
      'maintenanceWindow: expected ddd:hh:mm-ddd:hh:mm in UTC, lower case, such as sun:19:30-sun:20:30, got "someday". Take an hour with few users; the clock is UTC.',
    ],
  ])("%s", (_, props, message) => {
    expect(refused(props)).toEqual([line(message)]);
  });
});
