/** What the benchmark does inside the page. */
interface Frames {
    readonly pan: readonly number[];
    readonly zoom: readonly number[];
}

declare global {
    interface Window {
        measure: typeof measure;
    }
}

const next = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));

const measure = {
    /** Milliseconds from the arrival of the drawing until the frame that shows it. */
    firstPaint: (message: unknown): Promise<number> =>
        new Promise((done) => {
            const start = performance.now();
            new MutationObserver((_, observer) => {
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
            }).observe(document.querySelector('.stage') ?? document.body, { childList: true });
            window.postMessage(message, '*');
        }),

    /** Wheel events, one a frame, as a trackpad sends them: zooming in and out again, then panning. */
    frames: async (target: string, count: number): Promise<Frames> => {
        const frame = document.querySelector(target);
        const measured = async (init: (at: number) => WheelEventInit): Promise<number[]> => {
            const times: number[] = [];
            let last = await next();
            for (let at = 0; at < count; at += 1) {
                const options = { bubbles: true, cancelable: true, clientX: 500, clientY: 400, ...init(at) };
                frame?.dispatchEvent(new WheelEvent('wheel', options));
                const now = await next();
                times.push(now - last);
                last = now;
            }
            return times.slice(2);
        };
        const back = (at: number): number => (at % 30 < 15 ? 1 : -1);
        // Not as far as it goes: at either end nothing moves, and the browser waits for its sixtieth of a second.
        const zoom = await measured((at) => ({ deltaY: at < count / 2 ? -22 : 22, ctrlKey: true }));
        const pan = await measured((at) => ({ deltaX: 12 * back(at), deltaY: 8 * back(at) }));
        return { pan, zoom };
    },

    /** Lets the page's SVG be moved as a page without further thought would do it: one group, one transformation. */
    plain: (): void => {
        const svg = document.querySelector('svg');
        if (svg === null) {
            return;
        }
        const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
        const [width, height] = [Number(svg.getAttribute('width')), Number(svg.getAttribute('height'))];
        group.append(...svg.children);
        svg.replaceChildren(group);
        svg.removeAttribute('viewBox');
        svg.setAttribute('width', '1280');
        svg.setAttribute('height', '800');
        let [x, y, zoom] = [0, 0, Math.min(1, 1_280 / width, 800 / height)];
        const show = (): void => group.setAttribute('transform', `translate(${x} ${y}) scale(${zoom})`);
        svg.addEventListener('wheel', (event) => {
            if (event.ctrlKey) {
                const factor = Math.exp(-event.deltaY * 0.002);
                x = event.clientX - (event.clientX - x) * factor;
                y = event.clientY - (event.clientY - y) * factor;
                zoom *= factor;
            } else {
                x -= event.deltaX;
                y -= event.deltaY;
            }
            show();
        });
        show();
    },
};

window.measure = measure;

export {};
