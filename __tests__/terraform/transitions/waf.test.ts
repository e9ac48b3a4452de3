import { itChanges } from "../../helpers/transitions/judge";
import { wafCases } from "./cases/waf";

itChanges(wafCases);
