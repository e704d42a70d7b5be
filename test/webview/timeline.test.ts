/** The timeline with the keyboard alone, and what playing does to the drawing: nothing moves, whoever asked for what motion. */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Drawing, Playback } from '../../src/diagram/index.js';
import { exactly } from '../../src/webview/play/clock.js';
import { picture, posted, previews, send, show } from './page.js';
import { primaryCrash } from './primary-crash.js';

const open = previews();
let drawing: Drawing;
let playback: Playback;

beforeAll(async () => {
    ({ drawing, playback } = await primaryCrash());
});

async function opened(media: Parameters<Page['emulateMedia']>[0] = {}): Promise<Page> {
    const { page } = await open('vscode-light');
    await page.emulateMedia(media);
    await show(page, drawing);
    return page;
}

async function play(page: Page, atMs: number): Promise<void> {
    await send(page, { type: 'playback', playback, beside: false, atMs });
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
}

const time = (page: Page): Promise<string | null> => page.locator('.time').textContent();

test('the ruler, changes, bars, causes and lines of the file are reached with the keyboard', async () => {
    const page = await opened();
    await play(page, 30_000);
    const ruler = page.getByRole('slider', { name: 'Instant of the run' });
    await ruler.focus();
    await page.keyboard.press('ArrowRight');
    expect(await time(page)).toBe('0:31.000');
    await page.keyboard.press('ArrowDown');
    expect(await time(page)).toBe('0:30.900');
    await page.keyboard.press('End');
    expect(await ruler.getAttribute('aria-valuetext')).toBe('8:00.000');
    await page.keyboard.press('Home');
    await page.keyboard.press('.');
    // Nothing comes of it before it happens.
    expect(await time(page)).toBe('0:30.000');
    const bar = page
        .getByRole('button', { name: /^Writes fail from 0:30\.\d+, \d+(\.\d)? s between two answers/ })
        .first();
    await page.keyboard.press('End');
    await bar.focus();
    await page.keyboard.press('Enter');
    expect(await time(page)).toMatch(/^0:30/);
    expect(await page.locator('.lane-key').textContent()).toContain('▲ new leader');
    await ruler.focus();
    await page.keyboard.press('End');
    const causes = page.getByRole('button', { name: /^why. Because: / });
    await causes.last().focus();
    await page.keyboard.press('Enter');
    expect(await time(page)).not.toBe('8:00.000');
    const before = (await posted(page, 'reveal')).length;
    await page.getByTitle('Show the line that it stems from').first().focus();
    await page.keyboard.press('Enter');
    expect((await posted(page, 'reveal')).length).toBe(before + 1);
    await page.getByRole('button', { name: /^Compare seed/ }).focus();
    await page.keyboard.press('Enter');
    expect(await posted(page, 'play')).toEqual([
        { type: 'play', scenario: 'primary-crash', beside: true, seed: playback.seed + 1 },
    ]);
    await page.close();
});

test('what a node believes is listed while it has the focus', async () => {
    const page = await opened();
    await play(page, 49_000);
    await page.locator('[data-id="node:sessions.cache-2"]').focus();
    await page.getByText('What cache-2 believes at this instant').waitFor();
    expect(await page.locator('.events li').allTextContents()).toEqual([
        expect.stringMatching(/cache-2 (suspects|marks) cache-1/),
        'It leads s-2.',
    ]);
    const weights = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.events li')].map((item) => getComputedStyle(item).fontWeight)`,
    );
    // What is so now stands out, at the end, as in the story.
    expect(weights).toEqual(['400', '600']);
    await page.close();
});

test('every mark on the ruler and every bar is reached by stepping, and each step moves', async () => {
    const page = await opened();
    await play(page, 0);
    const instants: string[] = [];
    for (let now = '', next = await time(page); now !== next;) {
        now = next ?? '';
        instants.push(now);
        await page.keyboard.press('.');
        next = await time(page);
    }
    const titles = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.marks .event')].map((mark) => mark.title.split(' ')[0])`,
    );
    expect(titles.length).toBeGreaterThan(2);
    expect(instants).toEqual(expect.arrayContaining(titles));
    for (const { kind, atMs } of playback.events.filter((event) => event.kind === 'client')) {
        expect(instants, kind).toContain(exactly(atMs));
    }
    expect(new Set(instants).size).toBe(instants.length);
    const back: string[] = [];
    for (let now = '', next = await time(page); now !== next;) {
        now = next ?? '';
        back.push(now);
        await page.keyboard.press(',');
        next = await time(page);
    }
    expect(back.reverse()).toEqual(instants);
    await page.close();
});

test('a run of an older text says so, and is run again where the playhead stands', async () => {
    const page = await opened();
    await play(page, 49_000);
    await send(page, { type: 'outdated', outdated: true, beside: false });
    await page.getByText('The text has changed since this run.').waitFor();
    await page.getByRole('button', { name: /^Run again/ }).click();
    expect(await posted(page, 'play')).toEqual([
        { type: 'play', scenario: 'primary-crash', beside: false, seed: playback.seed },
    ]);
    await send(page, { type: 'playback', playback, beside: false });
    await page.getByText('The text has changed since this run.').waitFor({ state: 'hidden' });
    expect(await time(page)).toBe('0:49.000');
    await page.close();
});

test('a comparison that the text has left behind says so, and is made again', async () => {
    const page = await opened();
    await play(page, 49_000);
    const left = page.getByText('The text has changed since it was compared.');
    const other = { ...playback, traceHash: '0123456789abcdef', summary: 'Clients noticed nothing.' };
    await send(page, { type: 'playback', playback: other, beside: true });
    await page.getByText('beside the text when it was compared').waitFor();
    expect(await left.isHidden()).toBe(true);
    await send(page, { type: 'outdated', outdated: true, beside: true });
    await left.waitFor();
    await page.getByRole('button', { name: /^Compare again/ }).click();
    expect(await posted(page, 'play')).toEqual([
        { type: 'play', scenario: 'primary-crash', beside: true, seed: playback.seed },
    ]);
    await send(page, { type: 'playback', playback: other, beside: true });
    await left.waitFor({ state: 'hidden' });
    await page.getByText('The text has changed since this run.').waitFor();
    await page.close();
});

test('the states of a run are not painted on other nodes than ran', async () => {
    const page = await opened();
    await play(page, 49_000);
    const dead = page.locator('.node[data-state=crashed]');
    await expect.poll(() => dead.count()).toBe(1);
    const [region] = drawing.regions;
    const zones = region!.zones.map((zone, at) => (at === 2 ? { ...zone, nodes: zone.nodes.slice(1) } : zone));
    await send(page, { type: 'drawing', drawing: { ...drawing, regions: [{ ...region!, zones }] }, version: 2 });
    await send(page, { type: 'outdated', outdated: true, beside: false });
    await page.getByText('does not show their states').waitFor();
    expect(await dead.count()).toBe(0);
    await send(page, { type: 'drawing', drawing, version: 3 });
    await expect.poll(() => dead.count()).toBe(1);
    await page.close();
});

test('what fails in part is hatched in the colour of what fails, and the legend says so', async () => {
    const page = await opened();
    const [lane, ...others] = playback.lanes;
    const troubles = (['write', 'read'] as const).map((operation) => ({
        operation,
        fromMs: 30_000,
        toMs: 60_000,
        form: 'degraded' as const,
    }));
    const lanes = [{ ...lane!, troubles }, ...others];
    await send(page, { type: 'playback', playback: { ...playback, lanes }, beside: false });
    const fills = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.bar.degraded')].map((bar) => getComputedStyle(bar).backgroundImage)`,
    );
    expect(new Set(fills).size).toBe(2);
    expect(fills.join()).not.toContain('none');
    expect(await page.locator('.lane-key').textContent()).toContain('in part');
    await page.close();
});

test('while a run is under way that of before is dimmed, and closing the timeline gives it up', async () => {
    const page = await opened();
    await play(page, 49_000);
    await send(page, { type: 'playing', title: 'primary-crash' });
    const timeline = page.locator('.timeline');
    await expect.poll(() => timeline.getAttribute('aria-busy')).toBe('true');
    await expect.poll(() => page.evaluate(`getComputedStyle(document.querySelector('.verdict')).opacity`)).toBe('0.45');
    await page.getByRole('button', { name: /^Close the timeline/ }).click();
    expect(await posted(page, 'cancel')).toHaveLength(1);
    await send(page, { type: 'not-played', message: 'The run was given up.' });
    await expect.poll(() => timeline.getAttribute('aria-busy')).toBe('false');
    await page.close();
});

test('what was saved is said with a way there, until the file no longer has it', async () => {
    const page = await opened();
    await play(page, 49_000);
    const source = {
        uri: 'file:///example.cluster',
        start: { line: 80, character: 0 },
        end: { line: 80, character: 0 },
    };
    await send(page, { type: 'saved', name: 'fail-zone-a', source });
    const words = page.getByText('Saved at the end of the file as scenario fail-zone-a.');
    await words.waitFor();
    await page.getByRole('button', { name: 'Show the scenario in the text' }).click();
    expect(await posted(page, 'reveal')).toEqual([{ type: 'reveal', source }]);
    await send(page, { type: 'scenarios', names: ['primary-crash', 'fail-zone-a'] });
    await words.waitFor();
    await send(page, { type: 'scenarios', names: ['primary-crash'] });
    await words.waitFor({ state: 'hidden' });
    await page.close();
});

test('the edge of the timeline is moved with the keyboard and remembered', async () => {
    const page = await opened();
    await play(page, 49_000);
    const edge = page.getByRole('separator', { name: 'Room for the timeline' });
    const height = async (): Promise<number> => (await page.locator('.below').boundingBox())?.height ?? 0;
    const before = await height();
    await edge.focus();
    await page.keyboard.press('Home');
    await expect.poll(height).toBeLessThan(before);
    expect(await edge.getAttribute('aria-valuenow')).toBe('12');
    await page.keyboard.press('ArrowUp');
    expect(await edge.getAttribute('aria-valuenow')).toBe('17');
    expect(await page.evaluate<{ timeline: number }>('window.channel.state')).toMatchObject({ timeline: 0.17 });
    await page.keyboard.press('Enter');
    await expect.poll(height).toBe(before);
    await page.close();
});

test('a long story is listed from its end, and the earlier part on demand', async () => {
    const page = await opened();
    const [first] = playback.events;
    const events = Array.from({ length: 400 }, (_, index) => ({
        ...first!,
        atMs: index,
        text: `event ${index}`,
        cause: -1,
    }));
    await send(page, { type: 'playback', playback: { ...playback, events, untold: 7 }, beside: false, atMs: 1_000 });
    const stories = page.locator('.events .story');
    await expect.poll(() => stories.count()).toBe(60);
    expect(await stories.first().textContent()).toBe('event 340');
    expect(await page.locator('.events li').last().textContent()).toBe('7 later events more than can be shown here.');
    await page.getByRole('button', { name: /^Show earlier: 340 events/ }).click();
    await expect.poll(() => stories.first().textContent()).toBe('event 100');
    await page.getByRole('button', { name: /^Show earlier: 100 events/ }).click();
    expect(await stories.count()).toBe(400);
    await page.close();
});

test('that the text is not understood at the moment is said calmly above the drawing', async () => {
    const page = await opened();
    const message = 'The drawing shows the text as it was before. Line 3: This character means nothing here.';
    await send(page, { type: 'lag', message });
    await page.getByText(message).waitFor();
    expect(await page.locator('.node').count()).toBe(6);
    await send(page, { type: 'lag', message: null });
    await page.getByText(message).waitFor({ state: 'hidden' });
    await page.close();
});

test('playing moves nothing, and lays nothing out', async () => {
    const page = await opened();
    const places = (): Promise<unknown> =>
        page.evaluate(
            `[...document.querySelectorAll('.stage .shape')].map((each) =>
                ['x', 'y', 'width', 'height', 'd'].map((name) => each.getAttribute(name)).join(' '))`,
        );
    const before = await places();
    for (const atMs of [0, 30_000, 49_000, 60_000, 300_000, 480_000]) {
        await play(page, atMs);
        expect(await places()).toEqual(before);
    }
    await page.close();
});

test('those who ask for less motion get none', async () => {
    const moving = async (reducedMotion: 'reduce' | 'no-preference'): Promise<number> => {
        const page = await opened({ reducedMotion });
        const [region] = drawing.regions;
        const [first, ...others] = region!.zones;
        const wider = { ...first!, nodes: [...first!.nodes, ...others.flatMap(({ nodes }) => nodes)] };
        const emptied = others.map((zone) => ({ ...zone, nodes: [] }));
        const moved = { ...drawing, regions: [{ ...region!, zones: [wider, ...emptied] }] };
        await page.evaluate(`
            window.animated = 0;
            const animate = Element.prototype.animate;
            Element.prototype.animate = function (...of) { window.animated += 1; return animate.apply(this, of); };
        `);
        await send(page, { type: 'drawing', drawing: moved, version: 2 });
        await expect.poll(() => page.locator('.place').first().locator('.card').count()).toBe(6);
        const counted = await page.evaluate<number>('window.animated');
        await page.close();
        return counted;
    };
    expect(await moving('reduce')).toBe(0);
    expect(await moving('no-preference')).toBeGreaterThan(0);
});

test('where the system forces its colours, forms still tell roles and states apart', async () => {
    const page = await opened({ forcedColors: 'active' });
    await play(page, 49_000);
    const fill = (selector: string): Promise<string> =>
        page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).fill`);
    expect(await fill('.copy.leader .shape')).not.toBe(await fill('.copy.replica .shape'));
    // On the system's own background stand the system's own colours, whatever the theme.
    expect(await fill('.zone .shape')).toBe(await page.evaluate(`getComputedStyle(document.body).backgroundColor`));
    expect(await fill('.node .name')).toBe(await fill('.zone .name'));
    expect(await page.locator('.node[data-state=crashed] .mark').textContent()).toBe('✕');
    expect(await fill('.node[data-state=crashed] .shape')).toContain('hatch');
    await picture(page, 'run-forced');
    await page.close();
});
