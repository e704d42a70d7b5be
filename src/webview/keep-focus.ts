/** What has the focus may be rebuilt, hidden or taken away: whoever works with the keyboard must not fall out of the page. */

/**
 * Makes a change within an element. If what had the focus there is gone afterwards, the focus goes to what bears the same
 * `data-key` now, or else to what `otherwise` names.
 */
export function keepingFocus(within: Element, change: () => void, otherwise: () => Element | null | undefined): void {
    const focused = document.activeElement;
    const had = hasFocus(within);
    const key = focused instanceof HTMLElement ? focused.dataset['key'] : undefined;
    change();
    if (!had || focused === null || isShown(focused)) {
        return;
    }
    const keyed = [...within.querySelectorAll<HTMLElement>('[data-key]')].filter(
        ({ dataset }) => dataset['key'] === key,
    );
    focusOn(keyed.find(isShown) ?? otherwise());
}

/** Whether keys go to something within. While the reader writes in the editor nothing here may take them away. */
export function hasFocus(within: Element): boolean {
    return document.hasFocus() && within.contains(document.activeElement);
}

/** Without moving the view of the drawing, which is nothing that a browser could scroll. */
export function focusOn(target: Element | null | undefined): void {
    if (target instanceof HTMLElement || target instanceof SVGElement) {
        target.focus({ preventScroll: target instanceof SVGElement });
    }
}

function isShown(element: Element): boolean {
    return element.isConnected && element.getClientRects().length > 0;
}
