import { EmptyFileSystem } from 'langium';
import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { createFormatter } from '../../../src/language/index.js';
import { readPieces, type Piece } from '../../../src/language/format/pieces.js';
import { createCoreServices } from '../../../src/language/services.js';
import { projectFile, read } from '../support.js';

const { cluster: services } = createCoreServices(EmptyFileSystem.fileSystemProvider);
const formatter = createFormatter();

export function format(text: string): string {
    return formatter.format(text);
}

function pieces(text: string): Piece[] {
    return readPieces(text, services.parser.Lexer.tokenize(text));
}

/** The examples of the language, by name. */
export const EXAMPLES: ReadonlyMap<string, string> = new Map(
    ['examples'].flatMap((folder) =>
        readdirSync(new URL(`../../../${folder}`, import.meta.url))
            .filter((name) => name.endsWith('.cluster'))
            .map((name): [string, string] => [name, projectFile(`${folder}/${name}`)]),
    ),
);

/** Every construct of the language, with settings as they come from other files. */
export const CONSTRUCTS = projectFile('test/language/fixtures/constructs.cluster');

/** What a text says: its words without marks between keys and values, and its comments without their indentation. */
export function said(text: string): string[] {
    return pieces(text).flatMap(({ kind, image }) => {
        if (kind !== 'token') return [image.replace(/\s+/g, ' ').trim()];
        return image === '=' || image === ':' ? [] : [image];
    });
}

/** The resolved model without places in the text, and with the wording of its clauses but not their blanks. */
export async function meaning(text: string): Promise<unknown> {
    const { topology, findings } = await read(text, Object.fromEntries(EXAMPLES));
    const plain = JSON.stringify({ topology, codes: findings.map(({ code }) => code) }, (key, value: unknown) => {
        if (/source$/i.test(key)) return undefined;
        return key === 'text' && typeof value === 'string' ? value.replace(/\s/g, '') : value;
    });
    return JSON.parse(plain) as unknown;
}

const COMMENTS = [
    '/* c */',
    '/* two\n   lines */',
    '// rest\n',
    '/** Doc. */',
    '/**\n * Two\n     * lines.\n */',
    '/**/',
];
const WHITE = ['', ' ', '  ', '    ', '\t', '\n', '\n\n', '\n\n\n\n', ' \n  ', '\r\n'];

/** An example whose blanks, line breaks and comments are shuffled, and whose settings have any mark or none. */
export const shuffled: fc.Arbitrary<string> = fc
    .tuple(
        fc.constantFrom(CONSTRUCTS, ...EXAMPLES.values()),
        fc.integer({ min: 0, max: 3 }),
        fc.infiniteStream(fc.nat()),
    )
    .map(([text, effort, chances]) => {
        const next = (bound: number): number => (chances.next().value as number) % bound;
        const words = pieces(text);
        let result = '';
        words.forEach((piece, index) => {
            const before = words[index - 1];
            const isChanged = next(4) < effort + 1;
            const written = text.slice(before?.end ?? 0, piece.offset);
            let gap = isChanged ? (WHITE[next(WHITE.length)] ?? '') : written;
            if (isChanged && next(6) === 0)
                gap += (COMMENTS[next(COMMENTS.length)] ?? '') + (WHITE[next(WHITE.length)] ?? '');
            if (gap === '' && written !== '') gap = ' ';
            if (before?.kind === 'line-comment' && !/^[ \t]*[\r\n]/.test(gap)) gap = `\n${gap}`;
            const image = piece.image === '=' && isChanged ? [':', '=', ' '][next(3)] : piece.image;
            result += gap + (image ?? '');
        });
        return result + (WHITE[next(WHITE.length)] ?? '');
    });
