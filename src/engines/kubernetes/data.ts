/** Why nothing is known of what pods acknowledged. */
export const DATA_NOT_MODELLED =
    'volumes of pods and what is in them are not modelled, so what becomes of acknowledged writes is not known';
