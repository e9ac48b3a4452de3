import { type Clients } from "../../../helpers/aws-clients";

/** Each gap: true when the simulator fills it. Stock moto answers false or fails; once it does not, drop the extension. */
export type Gap = readonly [name: string, isFilled: (aws: Clients) => Promise<boolean>];
