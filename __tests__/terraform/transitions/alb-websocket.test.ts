import { itChanges } from "../../helpers/transitions/judge";
import { albWebsocketCases } from "./cases/alb-websocket";

itChanges(albWebsocketCases);
