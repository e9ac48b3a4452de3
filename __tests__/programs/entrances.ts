/** Production by each entrance that brings its own name. */
import { ENTRANCES, entranceEnvironment } from "../helpers/entrance-environment";
import { synthesizeEnvironments } from "../helpers/environment-program";

synthesizeEnvironments(ENTRANCES, entranceEnvironment);
