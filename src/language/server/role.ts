/** What a worker is told when it is not to be the server. */
export const ANALYSIS = 'analysis';

/** A browser's worker is told by its own scope: a script that another origin serves can be given nothing else. */
export interface RoleHolder {
    readonly faultlineRole?: unknown;
}
