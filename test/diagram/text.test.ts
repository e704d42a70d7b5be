import { expect, test } from 'vitest';
import { escapeXml, serialize, svg } from '../../src/diagram/svg.js';
import { textWidth, truncateAmong, truncateMiddle, visible } from '../../src/diagram/text.js';

test('names that look like markup are text', () => {
    expect(escapeXml(`<script>alert("1")</script> & 'x'`)).toBe(
        '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;',
    );
    expect(serialize(svg('text', { 'data-id': '"><script>' }, '</text><script>'))).toBe(
        '<text data-id="&quot;&gt;&lt;script&gt;">&lt;/text&gt;&lt;script&gt;</text>',
    );
});

test('control characters, lone surrogates and changes of direction are shown, not obeyed', () => {
    expect(visible('a\u0000b\u001b[31m')).toBe('a\u2400b\u241b[31m');
    expect(visible('\ud800x\u202ey\uffff')).toBe('\ufffdx\ufffdy\ufffd');
    expect(visible('𝒳 名前 é')).toBe('𝒳 名前 é');
});

test('long text keeps both ends and fits', () => {
    const name = 'a-very-long-name-of-a-node-in-production-17';
    const short = truncateMiddle(name, 13, 120);
    expect(short).toMatch(/^a-very.*….*-17$/);
    expect(textWidth(short, 13)).toBeLessThanOrEqual(120);
    expect(truncateMiddle('cache-1', 13, 120)).toBe('cache-1');
    expect(truncateMiddle('名前名前名前名前', 13, 40)).toContain('…');
    expect(truncateMiddle('x', 13, 0)).toBe('…');
});

test('siblings that are shortened can be told apart', () => {
    const names = ['a', 'b', 'c'].map((zone) => `availability-zone-${zone}-with-a-long-name`);
    const short = names.map((name) => truncateAmong(name, names, 13, 120));
    expect(new Set(short).size).toBe(3);
    expect(short[1]).toMatch(/^avail.*…b…(.*name)$/);
    short.forEach((name) => expect(textWidth(name, 13)).toBeLessThanOrEqual(120));
    const numbered = ['1', '2', '13'].map((number) => `a-very-long-name-of-a-node-in-production-${number}`);
    expect(truncateAmong(numbered[0] ?? '', numbered, 13, 120)).toBe(truncateMiddle(numbered[0] ?? '', 13, 120));
    const nested = ['cache', 'cache-of-the-checkout-service'];
    expect(truncateAmong(nested[1] ?? '', nested, 13, 80)).toBe(truncateMiddle(nested[1] ?? '', 13, 80));
    expect(textWidth(truncateAmong('x'.repeat(90), ['x'.repeat(91)], 13, 60), 13)).toBeLessThanOrEqual(60);
});

test('wide characters count as wide', () => {
    expect(textWidth('名', 10)).toBeGreaterThan(textWidth('n', 10) * 1.5);
    expect(textWidth('iii', 10)).toBeLessThan(textWidth('mmm', 10) / 2);
});
