import type { Lexer } from 'langium';
import { readPieces, type Piece } from './pieces.js';

/**
 * Whether a text says word for word and comment for comment what it shall say.
 *
 * @param words images of tokens and comments, in order
 */
export function isFaithful(words: readonly Pick<Piece, 'kind' | 'image'>[], text: string, lexer: Lexer): boolean {
    const found = readPieces(text, lexer.tokenize(text));
    return words.length === found.length && words.every((word, index) => said(word) === said(found[index] ?? word));
}

function said({ kind, image }: Pick<Piece, 'kind' | 'image'>): string {
    return kind === 'token' ? image : image.replace(/\s+/g, ' ').trim();
}
