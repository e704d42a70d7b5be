/** Who leads in control: as declared, and as a run goes on. */
import { beforeAll, expect, test } from 'vitest';
import { runScenario } from '../../src/analysis/index.js';
import {
    layoutDrawing,
    leadsControl,
    mermaidOf,
    momentAt,
    nodeFactsAt,
    renderSvg,
    toDrawing,
    type Drawing,
    type DrawnNode,
    type Playback,
} from '../../src/diagram/index.js';
import { scenarioOf, withScenario } from '../../src/language/play/live.js';
import { playbackOf } from '../../src/language/play/playback.js';
import { projectFile } from '../language/support.js';
import { topologyOf } from '../support/run.js';

let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    const topology = await topologyOf(projectFile('examples/kafka.cluster'));
    const steps = [{ atMs: 30_000, action: 'crash', element: 'node:orders.ctl-1' }] as const;
    const live = withScenario(topology, scenarioOf(topology, { steps }));
    drawing = toDrawing(topology);
    playback = playbackOf(live.topology, await runScenario(live.topology, live.index));
});

const nodes = (): readonly DrawnNode[] => drawing.regions.flatMap(({ zones }) => zones.flatMap((zone) => zone.nodes));
const node = (label: string): DrawnNode | undefined => nodes().find((each) => each.label === label);

/** Names on the cards whose diamond is filled. */
function leadersIn(picture: string): readonly string[] {
    const [drawn = ''] = picture.split('<g class="legend"');
    const cards = drawn.split('<g class="card">').filter((card) => card.includes('class="control leads"'));
    return cards.flatMap((card) => /<text class="name"[^>]*>([^<]+)/.exec(card)?.[1] ?? []);
}

test('the first of the controllers leads, which a filled diamond says', () => {
    expect(node('ctl-1')?.facts).toContain('Leads the control of orders.');
    expect(node('ctl-2')?.facts).toContain('Takes part in the control of orders.');
    expect(node('brk-1')?.controls).toBeUndefined();
    expect(leadersIn(renderSvg(drawing, layoutDrawing(drawing), 'light'))).toEqual(['ctl-1']);
    expect(mermaidOf(drawing)).toMatch(/ctl-1<br\/?>controller<br\/?>leads orders/);
});

test('one that is down leads nothing, though nobody has been told yet', () => {
    const [part] = node('ctl-1')?.controls ?? [];
    const told = momentAt({ ...playback, leaders: [] }, 30_001);
    expect(part && leadsControl(part, 'node:orders.ctl-1', told)).toBe(false);
    expect(part && leadsControl(part, 'node:orders.ctl-1', momentAt(playback, 0))).toBe(true);
});

test('while nobody leads no diamond is filled; then that of who was elected', () => {
    const history = playback.leaders.find(({ lane }) => lane === node('ctl-1')?.controls?.[0]?.shard)?.changes ?? [];
    const elected = history.find(({ atMs, node: leader }) => atMs > 30_000 && leader !== null);
    const name = elected?.node?.split('.').at(-1) ?? '';
    expect(['ctl-2', 'ctl-3']).toContain(name);
    const at = (atMs: number): string => {
        const moment = momentAt(playback, atMs);
        return renderSvg(drawing, layoutDrawing(drawing), 'light', undefined, { moment, title: 'crash' });
    };
    expect(leadersIn(at(29_000))).toEqual(['ctl-1']);
    expect(leadersIn(at((elected?.atMs ?? 0) - 1))).toEqual([]);
    expect(leadersIn(at(elected?.atMs ?? 0))).toEqual([name]);
    const after = momentAt(playback, elected?.atMs ?? 0);
    const [heir, former] = [node(name), node('ctl-1')];
    expect(heir && nodeFactsAt(heir, after)).toContain('Leads the control of orders.');
    expect(former && nodeFactsAt(former, after)).toContain('As declared: Leads the control of orders.');
    const between = momentAt(playback, (elected?.atMs ?? 0) - 1);
    expect(heir && nodeFactsAt(heir, between)).toContain('Takes part in the control of orders, which nobody leads.');
});
