import { shareOf, type TimeScale } from './time-scale.js';

/** Gives an element its place on the scale. What reaches beyond an edge is cut there, and looks so. */
export function placed(element: HTMLElement, scale: TimeScale, fromMs: number, toMs: number): void {
    const [from, to] = [shareOf(scale, fromMs), shareOf(scale, toMs)];
    element.style.setProperty('--from', String(Math.max(0, from)));
    element.style.setProperty('--to', String(Math.min(1, to)));
    element.classList.toggle('cut-left', from < 0);
    element.classList.toggle('cut-right', to > 1);
}
