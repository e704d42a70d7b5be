/**
 * Texts of every kind against the whole language server: no request fails, no text hangs it, and what comes next is read
 * as if nothing had been. `FUZZ_SECONDS=600 npx vitest run test/language/fuzz` goes on for as long as that and takes another
 * seed every time; without it the same few texts are tried, and no clock is looked at.
 */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ClusterTopologyGrammar } from '../../../src/language/generated/grammar.js';
import type { AnalysisPort } from '../../../src/language/server/analysis-port.js';
import { Client } from '../client.js';
import { MAIN, projectFile } from '../support.js';
import { Chance } from './chance.js';
import { GrammarTexts } from './grammar-texts.js';
import { mutated } from './mutations.js';
import { askEverything } from './requests.js';

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 0);
const CASES = 60;
/** Of CPU: a busy machine is no hang. */
const LONGEST_MS = 2000;
const CLEAN = 'region r { zone a  zone b }\ncluster c: server in r { nodes n-[1..2] across zones }';

/** Proofs and simulations have budgets and tests of their own. */
const NO_ANALYSIS: AnalysisPort = {
    proveObjective: () => new Promise(() => undefined),
    runScenario: () => new Promise(() => undefined),
    dispose: () => undefined,
};

const examples = readdirSync(new URL('../../../examples', import.meta.url))
    .filter((name) => name.endsWith('.cluster'))
    .map((name) => projectFile(`examples/${name}`));
const grammar = new GrammarTexts(ClusterTopologyGrammar());

const KINDS: Readonly<Record<string, (chance: Chance) => string>> = {
    'what the grammar allows': (chance) => grammar.text(chance),
    'what the grammar allows, damaged': (chance) => mutated(grammar.text(chance), chance),
    'examples, damaged': (chance) => mutated(chance.pick(examples), chance),
};

describe.each(Object.entries(KINDS))('%s', (kind, make) => {
    let client: Client;
    beforeAll(async () => {
        client = await Client.start(NO_ANALYSIS);
        await client.open(CLEAN);
    });
    afterAll(() => {
        client.dispose();
    });

    test('is answered, whatever is asked', { timeout: (SECONDS + 120) * 1000 }, async () => {
        const first = SECONDS > 0 ? Date.now() : kind.length * 1000;
        const end = Date.now() + (SECONDS * 1000) / Object.keys(KINDS).length;
        for (let seed = first; SECONDS > 0 ? Date.now() < end : seed < first + CASES; seed++) {
            const text = make(new Chance(seed));
            const before = process.cpuUsage();
            const problem = await survived(client, text, seed);
            expect(problem, `seed ${String(seed)}:\n${text}`).toBeUndefined();
            if (SECONDS > 0) expect(process.cpuUsage(before).user / 1000, text).toBeLessThan(LONGEST_MS);
        }
    });
});

/** What went wrong, as text. */
async function survived(client: Client, text: string, seed: number): Promise<string | undefined> {
    try {
        const diagnostics = await client.edit(text);
        const failed = diagnostics.find(({ code }) => code === 'language/check-failed');
        if (failed) return JSON.stringify(failed.message);
        await askEverything(client, MAIN, text, new Chance(seed));
        const next = await client.edit(CLEAN);
        return next.length === 0 ? undefined : `The next text has ${JSON.stringify(next)}`;
    } catch (error) {
        return error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
}
