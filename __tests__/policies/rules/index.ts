import { cloudfrontCases } from "./cloudfront";
import { cloudwatchCases } from "./cloudwatch";
import { ecrCases } from "./ecr";
import { ecsCases } from "./ecs";
import { elasticacheCases } from "./elasticache";
import { elbCases } from "./elb";
import { iamCases } from "./iam";
import { kmsCases } from "./kms";
import { logsCases } from "./logs";
import { rdsCases } from "./rds";
import { type RuleCase } from "./rule-case";
import { s3Cases } from "./s3";
import { secretsCases } from "./secrets";
import { snsCases } from "./sns";
import { vpcCases } from "./vpc";
import { wafCases } from "./waf";

/** Every violation that the tests know, one file for each service as in `policies/rules/`. */
export const ruleCases: readonly RuleCase[] = [
  ...cloudfrontCases,
  ...cloudwatchCases,
  ...ecrCases,
  ...ecsCases,
  ...elasticacheCases,
  ...elbCases,
  ...iamCases,
  ...kmsCases,
  ...logsCases,
  ...rdsCases,
  ...s3Cases,
  ...secretsCases,
  ...snsCases,
  ...vpcCases,
  ...wafCases,
];
