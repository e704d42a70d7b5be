/** What `explain --format json` prints. */
import { assertNever } from '../../topology/index.js';
import type { CodePage } from '../rooms.js';
import type { Known } from './explanation.js';

export function explanationJson(explanation: Known): object {
    switch (explanation.kind) {
        case 'code':
            return { version: 1, kind: 'code', ...codeJson(explanation.page) };
        case 'engine': {
            const { name, title, documentation, versions, settings } = explanation.engine;
            return {
                version: 1,
                kind: 'engine',
                name,
                title,
                documentation,
                versions,
                settings: settings.map(({ key }) => key),
            };
        }
        case 'setting':
            return { version: 1, kind: 'setting', engine: explanation.engine.name, ...explanation.setting };
        case 'settings': {
            const { key, engines } = explanation;
            return { version: 1, kind: 'settings', key, engines: engines.map(({ name }) => name) };
        }
        case 'word': {
            const { word, meanings, engines } = explanation;
            return { version: 1, kind: 'word', word, meanings, engines: engines.map(({ name }) => name) };
        }
        default:
            return assertNever(explanation);
    }
}

export function codeListJson(pages: readonly CodePage[]): object {
    return { version: 1, codes: pages.map(({ code, title }) => ({ code, title })) };
}

/** An example that is too large to print is described instead. */
function codeJson({ example, ...page }: CodePage): object {
    return typeof example === 'string' ? { ...page, example } : { ...page, exampleDescription: example.description };
}
