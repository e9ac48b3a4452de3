import { itChanges } from "../../helpers/transitions/judge";
import { albWebsocketCases } from "./cases/alb-websocket";
import { cdnCases } from "./cases/cdn";
import { monitoringCases } from "./cases/monitoring";
import { networkCases } from "./cases/network";
import { wafCases } from "./cases/waf";

// All cases share one simulator and one state, so that the provider's waits overlap.
itChanges([...albWebsocketCases, ...cdnCases, ...monitoringCases, ...networkCases, ...wafCases]);
