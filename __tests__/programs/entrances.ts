/** Synthesizes prod with each entrance that creates DNS records. */
import { ENTRANCES, entranceEnvironment } from "../helpers/entrance-environment";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";

synthesizeEnvironments(ENTRANCES, entranceEnvironment);
