import { linesOf, styled, type Line, type Spans, type Style } from '../output/page.js';

const MARK_STYLES: Readonly<Record<string, Style>> = { '✓': 'green', '✗': 'red', '?': 'yellow', '!': 'red' };

/** The story of one run; the marks in front of expectations get their colour. */
export function simulationLines(story: string): Line[] {
    return linesOf(story.trimEnd()).map((line) =>
        line.flatMap((part) => (typeof part === 'string' ? marked(part) : part)),
    );
}

function marked(text: string): Spans {
    const [, indent = '', mark = '', rest = ''] = /^(\s*)([✓✗?!])(\s.*)$/u.exec(text) ?? [];
    const style = MARK_STYLES[mark];
    return style === undefined ? [text] : [indent, styled(style, mark), rest];
}
