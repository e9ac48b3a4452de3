/** Supported engines, by AWS's names. */
export const DATABASE_ENGINES = ["postgres", "mysql", "aurora-postgresql", "aurora-mysql"] as const;
export type DatabaseEngine = (typeof DATABASE_ENGINES)[number];

export interface MajorVersion {
  readonly major: string;
  /** Parameter group family. */
  readonly family: string;
  /** Last day of standard support; from then on AWS adds Extended Support to the bill, per vCPU-hour. */
  readonly standardSupportUntil: string;
}

/**
 * Major versions in standard support on 2026-11-23, oldest first. MySQL 8.0 on RDS is not among them: its standard support
 * ended on 2026-07-31.
 * Sources: RDS user guide "MySQL on Amazon RDS versions", RDS for PostgreSQL release notes "Release calendar", Aurora user
 * guide "Amazon Aurora versions". For a version that is less than a year old, the date is AWS's plan.
 */
export const MAJOR_VERSIONS: Readonly<Record<DatabaseEngine, readonly MajorVersion[]>> = {
  postgres: [
    { major: "14", family: "postgres14", standardSupportUntil: "2027-02-28" },
    { major: "15", family: "postgres15", standardSupportUntil: "2028-02-29" },
    { major: "16", family: "postgres16", standardSupportUntil: "2029-02-28" },
    { major: "17", family: "postgres17", standardSupportUntil: "2030-02-28" },
    { major: "18", family: "postgres18", standardSupportUntil: "2031-02-28" },
  ],
  mysql: [{ major: "8.4", family: "mysql8.4", standardSupportUntil: "2029-07-31" }],
  "aurora-postgresql": [
    { major: "14", family: "aurora-postgresql14", standardSupportUntil: "2027-02-28" },
    { major: "15", family: "aurora-postgresql15", standardSupportUntil: "2028-02-29" },
    { major: "16", family: "aurora-postgresql16", standardSupportUntil: "2029-02-28" },
    { major: "17", family: "aurora-postgresql17", standardSupportUntil: "2030-02-28" },
    { major: "18", family: "aurora-postgresql18", standardSupportUntil: "2031-02-28" },
  ],
  "aurora-mysql": [
    { major: "8.0", family: "aurora-mysql8.0", standardSupportUntil: "2028-04-30" },
    { major: "8.4", family: "aurora-mysql8.4", standardSupportUntil: "2029-07-31" },
  ],
};

/** Default major versions. Changing one would upgrade existing databases, so a change is announced in the CHANGELOG. */
export const DEFAULT_VERSIONS: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "17",
  mysql: "8.4",
  "aurora-postgresql": "17",
  "aurora-mysql": "8.0",
};

/** Pattern of what may follow the major version: `.5` (PostgreSQL), `.6` (MySQL), `.mysql_aurora.3.10.1` (Aurora MySQL), or nothing. */
const MINOR: Readonly<Record<DatabaseEngine, string>> = {
  postgres: "\\.\\d{1,2}",
  mysql: "\\.\\d{1,2}",
  "aurora-postgresql": "\\.\\d{1,2}",
  "aurora-mysql": "\\.mysql_aurora\\.\\d+\\.\\d{1,2}\\.\\d{1,2}",
};

/** Returns the major version of a version such as `17`, `17.5` or `8.0.mysql_aurora.3.10.1`; `undefined` when it is not supported. */
export function majorVersionOf(engine: DatabaseEngine, version: string): MajorVersion | undefined {
  return MAJOR_VERSIONS[engine].find(({ major }) =>
    new RegExp(`^${major.replace(".", "\\.")}(${MINOR[engine]})?$`).test(version),
  );
}
