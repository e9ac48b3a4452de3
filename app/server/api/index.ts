export { type Api, type ApiOptions, apiRoutes, createApi } from "./api";
export { API_LIMITS, type ApiBindings, type ApiLimit, REQUESTS_WITHOUT_ASKING, type Route } from "./route";
