/** Keys: those of the element that has the focus, then of the run, of the ways to find something, and of the view. */
import type { Viewport } from './viewport.js';

export interface KeyActions {
    /** Whether the key was meant for the element of the drawing that has the focus. */
    inStage(event: KeyboardEvent, target: Element): boolean;
    /** Whether the key was meant for anything else. */
    anywhere(key: string, target: Element | null): boolean;
    search(): void;
}

const PAN = 64;

/** Not only inside the page's parts: keys count as soon as the panel has the focus. */
export function listenToKeys(stage: HTMLElement, actions: KeyActions): void {
    document.addEventListener('keydown', (event) => {
        const { key, ctrlKey, metaKey, altKey } = event;
        if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'f') {
            actions.search();
            event.preventDefault();
        }
        if (ctrlKey || metaKey || altKey) {
            return;
        }
        const target = event.target instanceof Element ? event.target : null;
        const inStage = target !== null && stage.contains(target);
        if (inStage && actions.inStage(event, target)) {
            event.preventDefault();
        } else if ((inStage || !isControl(target, key)) && actions.anywhere(key, target)) {
            event.preventDefault();
        }
    });
}

/** Whether the key moved the view. */
export function moveView(viewport: Viewport, key: string): boolean {
    const [dx, dy] = PANS[key] ?? [0, 0];
    if (dx !== 0 || dy !== 0) {
        viewport.pan(dx, dy);
        return true;
    }
    switch (key) {
        case '+':
        case '=':
            viewport.zoomIn();
            return true;
        case '-':
            viewport.zoomOut();
            return true;
        case 'f':
        case '0':
            viewport.fit();
            return true;
        default:
            return false;
    }
}

const PANS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
    a: [PAN, 0],
    ArrowLeft: [PAN, 0],
    d: [-PAN, 0],
    ArrowRight: [-PAN, 0],
    w: [0, PAN],
    ArrowUp: [0, PAN],
    s: [0, -PAN],
    ArrowDown: [0, -PAN],
};

/** Keys inside a control are the control's: of a button those that press it, of a list those that move it. */
function isControl(target: Element | null, key: string): boolean {
    if (target?.closest('select, input, dialog, [role=menu]') instanceof Element) {
        return true;
    }
    const presses = target?.closest('button') instanceof Element && (key === ' ' || key === 'Enter');
    const moves = target?.closest('ol') instanceof Element && /^( |Arrow.*|Page.*|Home|End)$/.test(key);
    return presses || moves;
}
