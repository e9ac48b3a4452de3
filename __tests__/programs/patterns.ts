/** Synthesizes dev on each pattern but its own. */
import { PATTERNS, patternEnvironment } from "../helpers/pattern-environment";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";

synthesizeEnvironments(PATTERNS, patternEnvironment);
