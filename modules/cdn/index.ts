export { Cdn } from "./cdn";
export {
  type CdnAccessLogs,
  type CdnOrigin,
  type CdnProps,
  type OriginAccess,
  type PriceClass,
  type SecretHeader,
} from "./props";
