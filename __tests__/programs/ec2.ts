/** Synthesizes an environment on EC2. */
import { ec2Environment } from "../helpers/ec2-environment";
import { synthesizeEnvironments } from "../helpers/synthesize-environments";

synthesizeEnvironments(["instances"], () => ec2Environment());
