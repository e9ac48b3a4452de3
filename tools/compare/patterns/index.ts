import { type Pattern } from "../pattern";
import { appRunner } from "./app-runner";
import { ec2 } from "./ec2";
import { fargate } from "./fargate";

/** The patterns to compare, in the guide's order. A new one is an entry here and a plan of its stack in `plans/`. */
export const PATTERNS: readonly Pattern[] = [fargate, ec2, appRunner];
