import { type WithDefaults } from "../../core/props";
import { type AlarmTopicProps } from "./props";

export const alarmTopicDefaults = { subscriptions: {} } as const satisfies Partial<AlarmTopicProps>;

export type CompleteAlarmTopicProps = WithDefaults<AlarmTopicProps, typeof alarmTopicDefaults>;
