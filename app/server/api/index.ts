export { type Api, type ApiOptions, apiRoutes, createApi } from "./api";
export { API_LIMITS, type ApiBindings, type ApiLimit, LOCAL_REQUEST_QUOTA, type Route } from "./route";
