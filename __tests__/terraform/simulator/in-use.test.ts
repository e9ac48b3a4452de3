import { startSimulator } from "./in-use/simulated";
import "./in-use/acm";
import "./in-use/cloudfront";
import "./in-use/cloudwatch";
import "./in-use/ecs-secrets-logs";
import "./in-use/elastic-load-balancing";
import "./in-use/elasticache";
import "./in-use/network-interfaces";
import "./in-use/rds";
import "./in-use/waf";
import "./in-use/ways-out";

startSimulator();
