import { expect, test } from 'vitest';
import { EmptyFileSystem } from 'langium';
import { tryReadDocument } from '../../src/language/document.js';
import type { Document } from '../../src/language/generated/ast.js';
import { createCoreServices, engineLookup } from '../../src/language/services.js';
import { URI, type LangiumDocument } from 'langium';
import { toyEngine } from '../support/toy-engine.js';

test('an engine that fails itself is told in the file, and the rest of the editor goes on', async () => {
    const broken = {
        ...toyEngine(),
        place: () => {
            throw new TypeError('no such thing');
        },
    };
    const { cluster, shared } = createCoreServices(EmptyFileSystem.fileSystemProvider, engineLookup([broken]));
    const uri = URI.parse('file:///toy.cluster');
    const text = 'cluster c: toy { node n }';
    const document: LangiumDocument<Document> = shared.workspace.LangiumDocumentFactory.fromString(text, uri);
    shared.workspace.LangiumDocuments.addDocument(document);
    await shared.workspace.DocumentBuilder.build([document], { validation: false });
    const { findings, topology } = tryReadDocument(document, cluster, () => []);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['language/check-failed', 'error']]);
    expect(findings[0]!.message).toContain('TypeError: no such thing');
    expect(topology.clusters).toEqual([]);
});
