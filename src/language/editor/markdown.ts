/** Text of a file in Markdown: whatever it holds is shown as it is written. */
export function plain(text: string): string {
    return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&$]/g, '\\$&');
}

/** The same as code. A fence longer than any that the text holds keeps it whole. */
export function code(text: string): string {
    const line = text.replace(/[\r\n]+/g, ' ');
    const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${line}${pad}${fence}`;
}
