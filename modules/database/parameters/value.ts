import * as kind from "../../core/kinds";

export const APPLY_METHODS = ["immediate", "pending-reboot"] as const;

/** The value of an engine parameter, applied at the next restart unless `applyMethod` says otherwise. */
export type ParameterValue = string | { readonly value: string; readonly applyMethod: (typeof APPLY_METHODS)[number] };

export const PARAMETER_VALUE: kind.Kind<ParameterValue> = kind.stringOr(
  kind.object<Exclude<ParameterValue, string>>({
    value: kind.string,
    applyMethod: kind.oneOf(APPLY_METHODS, "Use immediate only for dynamic parameters."),
  }),
);
