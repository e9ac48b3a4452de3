export { FairSearch } from "./fair-search";
export { SearchIndexer } from "./indexer";
export { PostgresSearch } from "./postgres-search";
