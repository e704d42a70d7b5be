/**
 * The README for the package. Its pictures have no address that could be asked from a user's machine, and VS Code shows none
 * that lie in a package: each would be a broken frame.
 *
 * @param {string} markdown
 * @returns {string}
 */
export function withoutPictures(markdown) {
    return markdown.replaceAll(/<picture>[^]*?<\/picture>\n*/g, '').replaceAll(/^!\[[^\]]*\]\([^)]*\)\n*/gm, '');
}
