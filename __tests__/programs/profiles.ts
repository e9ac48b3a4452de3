/** Each profile as an environment of production. */
import { PROFILE_NAMES } from "../../environments/profiles";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";
import { profileEnvironment } from "../helpers/profile-environment";

synthesizeEnvironments(PROFILE_NAMES, profileEnvironment);
