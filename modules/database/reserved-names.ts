import { type Dialect } from "./engine-traits";

/**
 * Names that RDS or the engine reserves. AWS refuses most of them only at apply.
 * Sources: RDS API reference, CreateDBInstance (MasterUsername, DBName); RDS user guide, "Master user account privileges".
 */
const RESERVED_USERS: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: ["admin", "administrator", "postgres", "rdsadmin", "rdsrepladmin", "rdstopmgr", "root", "superuser"],
  mysql: ["admin", "administrator", "mysql", "rdsadmin", "rdsrepladmin", "root", "superuser"],
};

const RESERVED_USER_PREFIXES: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: ["pg_", "rds_"],
  mysql: ["mysql_", "rds_"],
};

const RESERVED_DATABASES: Readonly<Record<Dialect, readonly string[]>> = {
  postgresql: ["db", "postgres", "rdsadmin", "template0", "template1"],
  mysql: ["db", "information_schema", "innodb", "mysql", "performance_schema", "rdsadmin", "sys", "tmp"],
};

/** Words that PostgreSQL reserves. Source: PostgreSQL documentation, appendix C, the column "reserved". */
const POSTGRESQL_KEYWORDS =
  "all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column " +
  "concurrently constraint create cross current_catalog current_date current_role current_schema current_time " +
  "current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze from " +
  "full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit localtime " +
  "localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references returning right " +
  "select session_user similar some symmetric system_user table tablesample then to trailing true union unique user using " +
  "variadic verbose when where window with";

/** Words that MySQL reserves and that are plausible as names. Source: MySQL 8.4 reference manual, "Keywords and reserved words". */
const MYSQL_KEYWORDS =
  "add all alter analyze and as asc before between both by call cascade case change check collate column condition constraint " +
  "continue convert create cross cube current_date current_time current_timestamp current_user cursor database databases " +
  "default delayed delete desc describe distinct div drop dual each else elseif empty enclosed escaped except exists exit " +
  "explain false fetch float for force foreign from fulltext function generated get grant group grouping groups having if " +
  "ignore in index infile inner inout insert int integer intersect interval into io_after_gtids is iterate join key keys kill " +
  "lag last_value lateral lead leading leave left like limit linear lines load localtime localtimestamp lock long loop " +
  "manual match maxvalue mod modifies natural not null numeric of on optimize option optionally or order out outer over " +
  "parallel partition precision primary procedure purge qualify range rank read reads real recursive references regexp release " +
  "rename repeat replace require resignal restrict return revoke right rlike row rows schema schemas select sensitive separator " +
  "set show signal smallint spatial specific sql starting stored system table tablesample terminated then to trailing trigger " +
  "true undo union unique unlock unsigned update usage use user using utc_date utc_time utc_timestamp values varchar virtual " +
  "when where while window with write xor zerofill";

const KEYWORDS: Readonly<Record<Dialect, ReadonlySet<string>>> = {
  postgresql: new Set(POSTGRESQL_KEYWORDS.split(" ")),
  mysql: new Set(MYSQL_KEYWORDS.split(" ")),
};

export function isReservedUser(dialect: Dialect, name: string): boolean {
  return (
    RESERVED_USERS[dialect].includes(name) ||
    RESERVED_USER_PREFIXES[dialect].some((prefix) => name.startsWith(prefix)) ||
    KEYWORDS[dialect].has(name)
  );
}

export function isReservedDatabase(dialect: Dialect, name: string): boolean {
  return RESERVED_DATABASES[dialect].includes(name) || KEYWORDS[dialect].has(name);
}
