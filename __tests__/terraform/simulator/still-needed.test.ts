import { AwsSimulator } from "../../../tools/simulator/aws-simulator";
import { findPrograms } from "../../../tools/simulator/find-programs";
import { clients } from "../../helpers/aws-clients";
import { ACCOUNT_GAPS } from "./still-needed/accounts";
import { AUTOSCALING_GAPS } from "./still-needed/autoscaling";
import { CLOUDFRONT_GAPS } from "./still-needed/cloudfront";
import { EC2_GAPS } from "./still-needed/ec2";
import { ELASTICACHE_GAPS } from "./still-needed/elasticache";
import { ELBV2_GAPS } from "./still-needed/elbv2";
import { LOGS_GAPS } from "./still-needed/logs";
import { OTHER_GAPS } from "./still-needed/others";
import { RDS_GAPS } from "./still-needed/rds";
import { ROUTE53_GAPS } from "./still-needed/route53";
import { S3_GAPS } from "./still-needed/s3";

const GAPS = [
  ...ACCOUNT_GAPS,
  ...AUTOSCALING_GAPS,
  ...CLOUDFRONT_GAPS,
  ...EC2_GAPS,
  ...ELASTICACHE_GAPS,
  ...ELBV2_GAPS,
  ...LOGS_GAPS,
  ...OTHER_GAPS,
  ...RDS_GAPS,
  ...ROUTE53_GAPS,
  ...S3_GAPS,
];

describe("every extension fills a gap that stock moto has", () => {
  let stock: AwsSimulator;
  let extended: AwsSimulator;

  beforeAll(async () => {
    const { python } = await findPrograms();
    [stock, extended] = await Promise.all([
      AwsSimulator.start({ python, plain: true }),
      AwsSimulator.start({ python }),
    ]);
  });

  afterAll(() => Promise.all([stock?.stop(), extended?.stop()]));

  it.each(GAPS)("%s", async (_, isFilled) => {
    expect(await isFilled(clients(extended.endpoint))).toBe(true);
    const onStock = await isFilled(clients(stock.endpoint)).catch(() => false);
    expect(onStock).toBe(false);
  });
});
