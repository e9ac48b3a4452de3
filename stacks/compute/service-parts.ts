import { type ServiceTarget } from "../../modules/alb-websocket";
import { type Cache } from "../../modules/cache";
import { type LoadBalancerEntrance } from "../entrance";
import { type ImageToRun } from "./image";

/** What a service behind the load balancer is created from, beside the props of its compute. */
export interface ServiceParts {
  readonly cache: Cache;
  readonly entrance: LoadBalancerEntrance;
  readonly target: ServiceTarget;
  readonly image: ImageToRun;
}
