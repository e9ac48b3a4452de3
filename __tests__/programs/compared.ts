/** Synthesizes the environments that `make compare` compares. */
import { COMPARED } from "../helpers/compared-environments";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";

synthesizeEnvironments(Object.keys(COMPARED) as (keyof typeof COMPARED)[], (pattern) => COMPARED[pattern]);
