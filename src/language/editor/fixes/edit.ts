import { URI } from 'langium';
import { assertNever, type Fix } from '../../../topology/index.js';
import type { EditorServices } from '../services.js';
import { addStatement } from './block.js';
import { replaced, type TextChange } from './change.js';
import { removeStatement } from './removal.js';
import { resizeRange } from './resize.js';
import { moveSetting, setSetting } from './settings.js';
import { declarationAt, firstWord, statementAt, statementsIn, type Statement } from './statement.js';

/** The change of the text that a fix stands for; undefined where the text has no place for it. */
export function fixChange(fix: Fix, services: EditorServices): TextChange | undefined {
    switch (fix.kind) {
        case 'replace': {
            const { uri, start, end } = fix.source;
            const document = services.shared.workspace.LangiumDocuments.getDocument(URI.parse(uri));
            return document && { document, edits: [{ range: { start, end }, newText: fix.text }] };
        }
        case 'remove-statement': {
            const statement = statementAt(fix.source, services);
            return statement && removeStatement(statement);
        }
        case 'move-setting':
        case 'set-setting':
        case 'set-property':
        case 'remove-property':
        case 'add-statement':
        case 'resize-range': {
            const declaration = declarationAt(fix.declaration, services);
            return declaration && declarationChange(fix, declaration, services);
        }
        default:
            return assertNever(fix);
    }
}

function declarationChange(
    fix: Extract<Fix, { readonly declaration: unknown }>,
    declaration: Statement,
    services: EditorServices,
): TextChange | undefined {
    switch (fix.kind) {
        case 'move-setting': {
            const entry = statementAt(fix.source, services);
            return entry && moveSetting(entry, declaration);
        }
        case 'set-setting':
            return setSetting(declaration, fix.key, fix.value);
        case 'set-property':
            return setProperty(declaration, fix.keyword, fix.value);
        case 'remove-property': {
            const statement = propertyOf(declaration, fix.keyword);
            return statement && removeStatement(statement);
        }
        case 'add-statement':
            return addStatement(declaration, { text: fix.text });
        case 'resize-range':
            return resizeRange(declaration, fix.by, services);
        default:
            return assertNever(fix);
    }
}

/** The first of several counts, since a second one is a finding of its own. */
function propertyOf(declaration: Statement, keyword: string): Statement | undefined {
    return statementsIn(declaration).find((statement) => firstWord(statement)?.text === keyword);
}

function setProperty(declaration: Statement, keyword: string, value: string): TextChange | undefined {
    const known = propertyOf(declaration, keyword);
    const word = known && firstWord(known);
    return known && word
        ? replaced(known.document, word.end, known.cst.end, ` ${value}`)
        : addStatement(declaration, { text: `${keyword} ${value}` });
}
