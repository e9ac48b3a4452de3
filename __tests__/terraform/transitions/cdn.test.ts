import { itChanges } from "../../helpers/transitions/judge";
import { cdnCases } from "./cases/cdn";

itChanges(cdnCases);
