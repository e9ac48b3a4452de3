import { resolve } from "node:path";

/** The folder of the app in the repository. */
export const APP = resolve(__dirname, "../..");
