import { misspelt, similarName } from "../../core/similar-name";
import { ENGINE_TRAITS } from "../engine-traits";
import { type DatabaseEngine } from "../engine-versions";
import { COMMON_NAMES } from "./mysql-names";
import { ALWAYS, SOMETIMES } from "./postgresql-names";

/**
 * What extensions and AWS begin their own parameters with; PostgreSQL cannot say which names follow the dot.
 * Sources: RDS for PostgreSQL release notes, "Extension versions"; Aurora user guide, "Amazon Aurora PostgreSQL parameters".
 */
const EXTENSIONS = (
  "apg_plan_mgmt aurora auto_explain babelfishpg_tds babelfishpg_tsql cron hnsw hypopg ivfflat orafce pg_bigm " +
  "pg_hint_plan pg_prewarm pg_similarity pg_stat_monitor pg_stat_statements pg_tle pg_transport pg_trgm pgactive " +
  "pgaudit pglogical pgtle plls plperl plpgsql plprofiler plrust pltcl plv8 postgis postgres_fdw rdkit rds rum " +
  "tds_fdw wal2json"
).split(" ");

/** Beginnings of Aurora's own parameters. */
const AURORA = ["apg_", "aurora_"];

/** A misspelt name of MySQL's; two letters are also a hyphen for an underscore, twice. */
const MISSPELT_LETTERS = 2;

const WAY_OUT = "What this package does not know goes to uncheckedParameters.";

/** Says what is wrong with the name of a parameter in this version; `undefined` when nothing is, as far as the tables tell. */
export function describeParameterMistake(name: string, engine: DatabaseEngine, major: string): string | undefined {
  const { dialect, isCluster } = ENGINE_TRAITS[engine];
  if (dialect === "mysql") {
    const meant = misspelt(name, COMMON_NAMES, MISSPELT_LETTERS);
    return meant === undefined ? undefined : `Did you mean ${meant}? ${WAY_OUT}`;
  }
  const [extension = "", ...rest] = name.split(".");
  if (rest.length > 0) return EXTENSIONS.includes(extension) ? undefined : didYouMean(extension, EXTENSIONS);
  if (isCluster && AURORA.some((beginning) => name.startsWith(beginning))) return undefined;
  return describePostgresqlMistake(name, major);
}

function describePostgresqlMistake(name: string, major: string): string | undefined {
  if (ALWAYS.includes(name)) return undefined;
  const versions = Object.hasOwn(SOMETIMES, name) ? SOMETIMES[name] : undefined;
  if (!versions) return didYouMean(name, [...ALWAYS, ...Object.keys(SOMETIMES)]);
  const { since = 0, before = Number.POSITIVE_INFINITY } = versions;
  if (Number(major) >= before) return `PostgreSQL ${before} has removed it.`;
  return Number(major) < since ? `It exists since PostgreSQL ${since}.` : undefined;
}

function didYouMean(name: string, known: readonly string[]): string {
  const similar = similarName(name, known);
  return similar === undefined ? WAY_OUT : `Did you mean ${similar}? ${WAY_OUT}`;
}
