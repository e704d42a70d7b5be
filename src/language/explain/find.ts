import { engines as registeredEngines, type Engine, type SettingSpec } from '../../engines/index.js';
import { closest } from '../../topology/index.js';
import type { CodePage } from '../codes/index.js';
import { keywordMeanings, keywords } from '../editor/keyword-docs.js';
import { allCodes } from './codes.js';

/** What there is to say about a code, an engine, one of its settings, or a word of the language. */
export type Explanation =
    | { readonly kind: 'code'; readonly page: CodePage }
    | { readonly kind: 'engine'; readonly engine: Engine }
    | { readonly kind: 'setting'; readonly engine: Engine; readonly setting: SettingSpec }
    /** A setting that more than one of them has. */
    | { readonly kind: 'settings'; readonly key: string; readonly engines: readonly Engine[] }
    /** A word of the language; `engines` have a setting of that name. */
    | {
          readonly kind: 'word';
          readonly word: string;
          readonly meanings: readonly string[];
          readonly engines: readonly Engine[];
      }
    /** `similar`: what may have been meant, the likeliest first. */
    | { readonly kind: 'unknown'; readonly word: string; readonly similar: readonly string[] };

/**
 * Looks up `redis/even-primaries`, `redis`, `redis cluster-node-timeout` (also with a slash), `cluster-node-timeout` or `partition`.
 *
 * @param word a code, the name of an engine, a word of the language, or a setting, with or without its engine
 * @param key a setting of the engine
 */
export function explain(word: string, key?: string, engines: readonly Engine[] = registeredEngines): Explanation {
    const engine = engines.find(({ name }) => name === word);
    if (key !== undefined && engine) return explainSetting(engine, key);
    if (key === undefined && engine) return { kind: 'engine', engine };
    const pages = allCodes(engines);
    const page = key === undefined ? pages.find(({ code }) => code === word) : undefined;
    if (page) return { kind: 'code', page };
    const found = key === undefined ? (wordNamed(word, engines) ?? settingNamed(word, engines)) : undefined;
    if (found) return found;
    const codes = pages.map(({ code }) => code);
    const known = [...engines.map(({ name }) => name), ...(key === undefined ? [...codes, ...keywords()] : [])];
    return { kind: 'unknown', word, similar: similarTo(word, known) };
}

function wordNamed(word: string, engines: readonly Engine[]): Explanation | undefined {
    const meanings = keywordMeanings(word);
    if (meanings.length === 0) return undefined;
    const sharing = engines.filter(({ settings }) => settings.some(({ key }) => key === word));
    return { kind: 'word', word, meanings, engines: sharing };
}

function settingNamed(word: string, engines: readonly Engine[]): Explanation | undefined {
    const has = (engine: Engine, key: string): boolean => engine.settings.some((each) => each.key === key);
    const slash = word.indexOf('/');
    const [engine, ...others] =
        slash < 0
            ? engines.filter((each) => has(each, word))
            : engines.filter(({ name }) => name === word.slice(0, slash));
    const key = word.slice(slash + 1);
    if (!engine || !has(engine, key)) return undefined;
    return others.length > 0 ? { kind: 'settings', key, engines: [engine, ...others] } : explainSetting(engine, key);
}

function explainSetting(engine: Engine, key: string): Explanation {
    const setting = engine.settings.find((each) => each.key === key);
    if (setting) return { kind: 'setting', engine, setting };
    const known = engine.settings.map((each) => each.key);
    return { kind: 'unknown', word: key, similar: similarTo(key, known) };
}

/** What one cannot miss by a letter: a name that ends alike, as `even-primaries` does, or is spelled alike. */
function similarTo(word: string, known: readonly string[]): readonly string[] {
    const nameOf = (code: string): string => code.slice(code.indexOf('/') + 1);
    const wanted = nameOf(word);
    const alike = [closest(word, known), ...known.filter((each) => each !== word && nameOf(each) === wanted)];
    const spelled = closest(wanted, known.map(nameOf));
    const found = [...alike, ...known.filter((each) => nameOf(each) === spelled)];
    return [...new Set(found.filter((each) => each !== undefined))].slice(0, SHOWN);
}

const SHOWN = 5;
