import { styled, type Line, type Spans, type Style } from '../output/page.js';

const MARK_STYLES: Readonly<Record<string, Style>> = { '✓': 'green', '✗': 'red', '?': 'yellow', '!': 'red' };

/** The story of one run; the marks in front of expectations get their colour, and what is longer than a line goes on below itself. */
export function simulationLines(story: string): Line[] {
    return story.trimEnd().split('\n').map(lineOf);
}

/** Spaces, and in front of an event its time and number. */
const LEAD = /^\s*(?:[\d:.]+(?: s)?\s+#[\d,]+\s+)?/;

function lineOf(text: string): Line {
    const marked = markedLine(text);
    if (marked !== undefined) {
        return marked;
    }
    const [lead = ''] = LEAD.exec(text) ?? [];
    return { prose: text.slice(lead.length), lead, indent: lead.length };
}

function markedLine(text: string): Spans | undefined {
    const [, indent = '', mark = '', rest = ''] = /^(\s*)([✓✗?!])(\s.*)$/u.exec(text) ?? [];
    const style = MARK_STYLES[mark];
    return style === undefined ? undefined : [indent, styled(style, mark), rest];
}
