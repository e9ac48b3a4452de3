import { itChanges } from "../../helpers/transitions/judge";
import { albWebsocketCases } from "./cases/alb-websocket";
import { cdnCases } from "./cases/cdn";
import { networkCases } from "./cases/network";
import { wafCases } from "./cases/waf";

itChanges([...albWebsocketCases, ...cdnCases, ...networkCases, ...wafCases]);
