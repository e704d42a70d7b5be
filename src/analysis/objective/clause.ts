/** A reason that continues a sentence, without its full stop. A word with more capitals, or a digit, is a name. */
export function asClause(reason: string): string {
    const clause = reason.replace(/\.$/, '');
    return /^(A|All|An|Each|Every|It|Its|No|Nobody|None|Only|Replicas|The|There)\s/.test(clause)
        ? clause.charAt(0).toLowerCase() + clause.slice(1)
        : clause;
}
