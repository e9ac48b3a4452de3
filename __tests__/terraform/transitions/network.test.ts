import { itChanges } from "../../helpers/transitions/judge";
import { networkCases } from "./cases/network";

itChanges(networkCases);
