// Drawings of the pages: a block of Mermaid becomes an SVG when the site is built, so that a page needs no script and no
// other host for it. The repository shows the same block by itself.
import { renderMermaidSVG } from 'beautiful-mermaid';

/** The colors are those of the site, so that a drawing follows its light or dark theme. */
const COLORS = {
  bg: 'var(--vp-c-bg)',
  fg: 'var(--vp-c-text-1)',
  muted: 'var(--vp-c-text-1)',
  line: 'var(--vp-c-text-3)',
  transparent: true,
};

/** A drawing is not made narrower than this many pixels; on a narrow screen, it scrolls. */
const READABLE = 640;

/** An SVG element of a Mermaid text. The label is what a screen reader says. */
export function drawing(text, label, number) {
  let svg = renderMermaidSVG(text, COLORS);
  // A style element is not possible within a page; its variables are as good in an attribute. It also asks for a font of another host.
  const style = /<style>([\s\S]*?)<\/style>/.exec(svg)[1];
  const variables = /svg \{([\s\S]*?)\n {2}\}/.exec(style)[1].replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').trim();
  svg = svg.replace(/<style>[\s\S]*?<\/style>\n?/, '');
  for (const [, id] of [...svg.matchAll(/<marker [^>]*?\bid="([^"]+)"/g)]) {
    svg = svg.replaceAll(`id="${id}"`, `id="${id}-${number}"`).replaceAll(`url(#${id})`, `url(#${id}-${number})`);
  }
  return svg.replace(/^<svg ([^>]*?)width="[\d.]+" height="[\d.]+" style="([^"]*)">/, (_, rest, colors) => {
    const width = Number(/viewBox="0 0 ([\d.]+)/.exec(rest)[1]);
    return (
      `<svg ${rest}role="img" aria-label="${label}" style="${colors};${variables} font-family: inherit; display: block; ` +
      `width: ${width}px; min-width: ${Math.min(width, READABLE)}px; max-width: 100%; height: auto; margin: 16px auto">`
    );
  });
}

/** Lets markdown-it draw the blocks of the language mermaid. */
export function drawings(md) {
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    if (tokens[index].info.trim() !== 'mermaid') return fence(tokens, index, options, env, self);
    const heading = tokens.slice(0, index).findLast((token, i) => tokens[i - 1]?.type === 'heading_open');
    return `<div v-pre style="overflow-x: auto">${drawing(tokens[index].content, `Drawing: ${md.utils.escapeHtml(heading?.content ?? '')}`, index)}</div>\n`;
  };
}
