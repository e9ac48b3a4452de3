export { type Api, type ApiOptions, apiRoutes, createApi } from "./api";
export { API_LIMITS, type ApiBindings, type ApiLimit, type Route } from "./route";
