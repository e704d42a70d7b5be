import type { FactSource } from '../../engines/index.js';
import type { CodePage } from '../codes/index.js';

/** The page of a code for an editor. */
export function codeMarkdown({ code, title, why, fix, example, remedy, source }: CodePage): string {
    const shown = typeof example === 'string' ? block(example) : example.description;
    return [
        `# ${title}`,
        `\`${code}\``,
        why,
        '## What to do',
        fix,
        '## Example',
        shown,
        '## Mended',
        block(remedy),
        '## Source',
        source ? sourceMarkdown(source) : 'A rule of Faultline’s own language.',
        '',
    ].join('\n\n');
}

/** Where a fact was read, as a link where there is one; an assumption says that it is one. */
export function sourceMarkdown({ title, url, unconfirmed }: FactSource): string {
    const shown = url === undefined ? title : `[${title}](${url})`;
    return unconfirmed ? `${shown} (an assumption: no source was found)` : shown;
}

function block(text: string): string {
    return `\`\`\`cluster\n${text.trimEnd()}\n\`\`\``;
}
