/** Synthesizes each profile as a production environment. */
import { PROFILE_NAMES } from "../../environments/profiles";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";
import { profileEnvironment } from "../helpers/profile-environment";

synthesizeEnvironments(PROFILE_NAMES, profileEnvironment);
