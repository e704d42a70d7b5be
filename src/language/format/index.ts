import { EmptyFileSystem, URI } from 'langium';
import type { Finding } from '../../topology/index.js';
import { checkSyntax } from '../checks/syntax.js';
import { createCoreServices } from '../services.js';
import { applyEdits } from './edits.js';
import { formatEdits } from './format.js';

export interface TextFormatter {
    /** The canonical form of a text. Declarations with syntax errors stay as they are. */
    format(text: string): string;
    /** The syntax errors of a text, in order. */
    problems(source: { readonly uri: string; readonly text: string }): readonly Finding[];
}

/** A formatter for any number of texts, without an editor. */
export function createFormatter(): TextFormatter {
    const { cluster, shared } = createCoreServices(EmptyFileSystem.fileSystemProvider);
    return {
        format: (text) => applyEdits(text, formatEdits(text, cluster.parser.Guard.parse(text), cluster)),
        problems: ({ uri, text }) =>
            checkSyntax(shared.workspace.LangiumDocumentFactory.fromString(text, URI.parse(uri))),
    };
}
