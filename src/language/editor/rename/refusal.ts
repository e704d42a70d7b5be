import { AstUtils, type AstNode } from 'langium';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { writtenProperty } from '../../names/written.js';

/** Ends the request with a sentence that the editor shows. */
export function refuse(message: string): never {
    throw new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** `line 4 of main.cluster` */
export function whereIs(node: AstNode): string {
    const cst = writtenProperty(node, 'name') ?? node.$cstNode;
    return lineOf(AstUtils.getDocument(node).uri.toString(), cst?.range.start.line ?? 0);
}

/** @param line counted from 0 */
export function lineOf(uri: string, line: number): string {
    return `line ${String(line + 1)} of ${uri.slice(uri.lastIndexOf('/') + 1)}`;
}
