/** Production by each entrance that brings its own name. */
import { ENTRANCES, entranceEnvironment } from "../helpers/entrance-environment";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";

synthesizeEnvironments(ENTRANCES, entranceEnvironment);
