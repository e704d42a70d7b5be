/** The page's fixed parts. */
import { button, html } from './dom.js';
import { keepingFocus } from './keep-focus.js';

export interface Page {
    /** Cuts off what is not in view. */
    readonly frame: HTMLElement;
    /** Carries the drawing. */
    readonly stage: HTMLElement;
    readonly tools: HTMLElement;
    readonly zoomIn: HTMLButtonElement;
    readonly zoomOut: HTMLButtonElement;
    readonly fit: HTMLButtonElement;
    readonly search: HTMLButtonElement;
    readonly table: HTMLButtonElement;
    readonly export: HTMLButtonElement;
    readonly help: HTMLButtonElement;
    /** Between the drawing and what is below. */
    readonly legend: HTMLElement;
    /** Room for what belongs below the drawing. */
    readonly below: HTMLElement;
    /** In place of a drawing. */
    notice(title: string, words: string): void;
    /** Above a drawing that is not the newest; undefined takes it away. */
    banner(words: string | undefined): void;
    /** Above a drawing that shows less than the text says; undefined takes it away. */
    lag(words: string | undefined): void;
    /** While something takes long; undefined takes it away. */
    progress(words: string | undefined, cancel?: () => void): void;
    /** The element of the drawing that was gone to last; the frame where there is none. */
    current(): Element;
    /** For screen readers, when they have nothing else to say. */
    announce(words: string): void;
}

/** What is over sooner is not worth a word before its outcome. */
const SAID_AFTER_SECONDS = 2;

export function buildPage(app: HTMLElement): Page {
    const frame = html('main', 'frame');
    const stage = html('div', 'stage');
    const notice = html('div', 'notice');
    const banner = html('div', 'banner');
    const lag = html('div', 'banner calm');
    const above = html('div', 'above');
    const live = html('div', 'unseen');
    const tools = html('div', 'tools');
    const zoomOut = button('−', 'Zoom out (−)');
    const zoomIn = button('+', 'Zoom in (+)');
    const fit = button('Fit', 'Fit the drawing (F)');
    const search = button('Find', 'Find by name (/)');
    const table = button('Table', 'Show as a table (T)');
    const exporting = button('Export', 'Export the drawing as a picture (E)');
    exporting.setAttribute('aria-haspopup', 'menu');
    const help = button('?', 'Keys (?)');
    const legend = html('div', 'legend-room');
    frame.setAttribute('aria-label', 'Topology');
    frame.tabIndex = -1;
    live.setAttribute('aria-live', 'polite');
    for (const each of [banner, lag]) {
        each.setAttribute('role', 'status');
        each.hidden = true;
    }
    above.append(lag, banner);
    tools.setAttribute('role', 'toolbar');
    tools.setAttribute('aria-label', 'View');
    tools.append(search, table, zoomOut, zoomIn, fit, exporting, help);
    frame.append(html('h1', 'unseen', 'Topology'), stage, notice, above, live);
    const below = html('div', 'below');
    const progress = html('div', 'progress');
    progress.hidden = true;
    let ticking = 0;
    const current = (): Element => stage.querySelector('[tabindex="0"]') ?? frame;
    const announce = (words: string): void => {
        live.textContent = words;
    };
    frame.append(progress);
    const foot = html('footer', 'foot');
    foot.append(legend, tools);
    app.replaceChildren(frame, foot, below);
    return {
        frame,
        stage,
        below,
        tools,
        zoomIn,
        zoomOut,
        fit,
        search,
        table,
        export: exporting,
        help,
        legend,
        notice: (title, words) => {
            notice.replaceChildren(html('strong', '', title), html('p', '', words));
            notice.hidden = title === '';
        },
        banner: (words) => {
            banner.textContent = words ?? '';
            banner.hidden = words === undefined;
        },
        lag: (words) => {
            lag.textContent = words ?? '';
            lag.hidden = words === undefined;
        },
        progress: (words, cancel) => {
            window.clearInterval(ticking);
            const stop = button('Cancel', 'Cancel this run');
            const since = performance.now();
            const lasted = html('span', 'detail figures');
            stop.dataset['key'] = 'cancel';
            stop.addEventListener('click', () => cancel?.());
            keepingFocus(
                progress,
                () => {
                    progress.replaceChildren(html('span', '', words ?? ''), lasted, ...(cancel ? [stop] : []));
                    progress.hidden = words === undefined;
                },
                current,
            );
            if (words !== undefined) {
                ticking = window.setInterval(() => {
                    const seconds = Math.floor((performance.now() - since) / 1_000);
                    lasted.textContent = `${seconds} s`;
                    if (seconds === SAID_AFTER_SECONDS) {
                        announce(words);
                    }
                }, 1_000);
            }
        },
        current,
        announce,
    };
}
