/** A name that stands before several clusters, wherever a cluster's may stand. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Location, WorkspaceEdit } from 'vscode-languageserver';
import { CursorClient } from './at-cursor.js';
import { applied, positionOf } from './edits.js';
import { MAIN, read } from './support.js';

const SHOP = `region us { zone a }
region eu { zone a }
cluster web-us: server in us { node u-1  endpoint discovery }
cluster web-eu: server in eu { node e-1  endpoint discovery }
/** Where people buy. */
endpoint shop dns shop.example.com { route to web-us, web-eu by latency  ttl 30s  check every 10s }
`;
const TEXT = `${SHOP}workload cust { reads shop 200/s }
objective o for shop { tolerate any 1 region for reads }
scenario s { at 1s fail region us  until 5m  expect reads of shop restored within 2m }
`;

let editor: CursorClient;

beforeAll(async () => {
    editor = await CursorClient.start();
});

afterAll(() => editor.dispose());

test('it is asked for by workloads, objectives, expectations and needs', async () => {
    const { findings, topology } = await read(TEXT.replace('node e-1', 'node e-1  needs reads of shop'));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [address] = topology.addresses;
    const target = { kind: 'cluster', cluster: address!.cluster, text: 'shop' };
    expect(topology.workloads[0]!.demands[0]!.target).toEqual(target);
    expect(topology.objectives[0]!.targets).toEqual([target]);
    expect(topology.clusters[1]!.needs[0]!.target).toEqual(target);
    expect(topology.clusters[address!.cluster]).toMatchObject({ name: 'shop', address: 0, members: [] });
});

test('it is no cluster with members, so it is neither copied, nor behind another, nor promoted', async () => {
    const messages = async (more: string): Promise<string> =>
        (await read(`${SHOP}${more}`)).findings.map(({ message }) => message).join('\n');
    expect(await messages('replicate shop to web-us')).toMatch(/'shop' is no cluster/);
    expect(await messages('endpoint all dns all.example.com { route to shop, web-us }')).toMatch(
        /'shop' is no cluster/,
    );
    expect(await messages('scenario s { at 1s promote shop  until 1m }')).toMatch(/no cluster 'shop'/);
    expect(await messages('scenario s { at 1s crash node leader of shop  until 1m }')).toMatch(/'shop' has no leader/);
    expect(await messages('workload shop { reads web-us 1/s }')).toMatch(/another cluster, workload or address 'shop'/);
});

test('what its clients set is looked up in the system behind it', async () => {
    const { findings } = await read(`${SHOP}workload w { reads shop 1/s with acks = all }`);
    expect(findings.map(({ code }) => code)).toContain('language/unknown-setting');
});

test('it is offered, told of, found and renamed', async () => {
    expect(await editor.labels(`${SHOP}workload cust { reads ¦`)).toContain('shop');
    const hover = await editor.hover(TEXT.replace('reads shop 200', 'reads sh¦op 200'));
    expect(hover).toMatch(/Where people buy/);
    expect(hover).toMatch(
        /each client to the nearest that passes its checks[^]*keep the answer for 30 s[^]*outside all regions/,
    );
    await editor.client.open(TEXT);
    const textDocument = { uri: MAIN };
    const position = positionOf(TEXT, 'shop 200');
    const found = await editor.client.connection.sendRequest<Location[]>('textDocument/references', {
        textDocument,
        position,
        context: { includeDeclaration: true },
    });
    expect(found.map(({ range }) => range.start.line)).toEqual([5, 6, 7, 8]);
    const edit = await editor.client.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
        textDocument,
        position,
        newName: 'store',
    });
    expect(applied(TEXT, edit).match(/\bstore\b/g)).toHaveLength(4);
});
