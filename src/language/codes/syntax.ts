import { file, webServers } from './files.js';
import type { CodePage } from './page.js';

/** What keeps a file from being read. */
export const syntaxCodes: readonly CodePage[] = [
    {
        code: 'language/syntax',
        title: 'A line that is not understood',
        why: 'The parser expects something else here. It reads on as well as it can, but the design is not checked until the line is whole.',
        fix: 'Correct the line; the message says what would be understood.',
        example: file('region dc {', '  zne a', '}'),
        remedy: file('region dc {', '  zone a', '}'),
    },
    {
        code: 'language/unclosed',
        title: 'A text or a comment without an end',
        why: 'Everything up to the end of the line, or of the file, is taken for a part of it.',
        fix: 'Write the closing `"` or `*/` where it ends.',
        example: file('/* Places', 'region dc {', '  zone a', '}'),
        remedy: file('/* Places */', 'region dc {', '  zone a', '}'),
    },
    {
        code: 'language/too-deep',
        title: 'Blocks are nested too deeply',
        why: 'The language needs four levels and reads 32. A file with more is not meant so, and nothing in it is read.',
        fix: 'Close the blocks that are open, or remove the braces.',
        example: {
            description: 'A file in which 33 blocks are opened and none is closed.',
            text: () => 'cluster web: server {\n'.repeat(33),
        },
        remedy: webServers(),
    },
    {
        code: 'language/too-large',
        title: 'A file of more than 16 million characters',
        why: 'A file of that size would keep the editor from answering, so nothing in it is read.',
        fix: 'Split it into files that import each other.',
        example: {
            description: 'A file of more than 16 million characters.',
            text: () => `${webServers()}${' '.repeat(16_000_000)}`,
        },
        remedy: webServers(),
    },
    {
        code: 'language/too-many-errors',
        title: 'Too many syntax errors',
        why: 'So little of the file is understood that the rest would be guesswork, so nothing in it is read.',
        fix: 'Remove or comment out what is half written, and add it again piece by piece.',
        example: {
            description: 'A block with so many half-written statements that the parser gives up.',
        },
        remedy: webServers(),
    },
    {
        code: 'language/too-many-findings',
        title: 'More than 500 findings in one file',
        why: 'Nobody reads so many at once, and an editor grows slow from them. The first 500 are listed.',
        fix: 'Mend those that are listed; the others follow.',
        example: {
            description: 'A file with 501 mistakes.',
            text: () => webServers(...Array.from({ length: 501 }, (_, index) => `node n-${String(index)} as emperor`)),
        },
        remedy: webServers(),
    },
    {
        code: 'language/check-failed',
        title: 'The design could not be checked',
        why: 'A check failed itself, so what it would have told is missing. What else is shown remains true.',
        fix: 'Mend the other errors first. If there are none, this is a mistake in Faultline: report it with the file.',
        example: {
            description: 'No file is known that causes it: a check that fails is a mistake in Faultline.',
        },
        remedy: webServers(),
    },
];
