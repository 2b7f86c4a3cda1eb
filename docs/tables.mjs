// Tables of the pages: long code may break where a reader expects it, and a table that is wider than a narrow screen
// shows its rows one below the other there, each cell with the title of its column.

/** Characters of code that stay on one line. */
const LINE = 22;
/** Characters of all columns together that a narrow screen has room for. */
const SCREEN = 40;
/** Characters of a cell that is text; a table of shorter ones, such as numbers, is read in columns. */
const TEXT = 18;

/** The pieces of code between the places where a line may end, none much shorter than a line. */
export function pieces(code) {
  const found = [''];
  // After punctuation and before the next word of a name in camel case.
  for (const part of code.split(/(?<=[./,(\[_:=&?-])(?=\w)|(?<=[a-z])(?=[A-Z][a-z])|(?<= )/)) {
    const last = found.length - 1;
    if (found[last].length >= LINE / 2) found.push(part);
    else found[last] += part;
  }
  return found;
}

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** Text with places to break in long words, such as the names of operations. */
function words(state, token) {
  const parts = token.content.split(/(?<=\s)/).flatMap((word) => (word.length > LINE ? pieces(word) : [word]));
  if (parts.length === 1) return [token];
  // Words of a normal length stay together.
  const joined = [];
  for (const part of parts) {
    if (joined.length > 0 && /\s$/.test(joined.at(-1))) joined.push(joined.pop() + part);
    else joined.push(part);
  }
  return joined.flatMap((part, index) => {
    const text = new state.Token('text', '', 0);
    text.content = part;
    if (index === 0) return [text];
    const place = new state.Token('html_inline', '', 0);
    place.content = '<wbr>';
    return [place, text];
  });
}

/** The text of a cell as a reader sees it. */
function textOf(token) {
  return (token.children ?? []).map((each) => (/^(text|code_inline|softbreak)$/.test(each.type) ? each.content : '')).join('');
}

/** Whether the rows of a table are shown one below the other on a narrow screen. */
export function isStacked(rows) {
  const widths = [];
  for (const row of rows) row.forEach((text, column) => (widths[column] = Math.max(widths[column] ?? 0, text.length)));
  return widths.reduce((sum, width) => sum + width, 0) > SCREEN && widths.some((width) => width > TEXT);
}

/** Lets markdown-it write tables that fit on narrow screens. */
export function tables(md) {
  md.core.ruler.push('tables', (state) => {
    let table = null;
    state.tokens.forEach((token, index) => {
      if (token.type === 'table_open') table = { open: token, rows: [], cells: [] };
      if (!table) return;
      if (token.type === 'tr_open') table.rows.push([]);
      if (token.type === 'th_open' || token.type === 'td_open') {
        const content = state.tokens[index + 1];
        const row = table.rows.at(-1);
        row.push(textOf(content));
        if (token.type === 'td_open') {
          table.cells.push({ token, column: row.length - 1 });
          for (const each of content.children ?? []) if (each.type === 'code_inline') each.meta = { ...each.meta, inTable: true };
          content.children = content.children?.flatMap((each) => (each.type === 'text' ? words(state, each) : [each]));
        }
      }
      if (token.type === 'table_close') {
        const [head, ...rows] = table.rows;
        if (isStacked(rows)) {
          table.open.attrJoin('class', 'stacked');
          for (const { token: cell, column } of table.cells) if (column > 0 && head[column]) cell.attrSet('data-title', head[column]);
        }
        table = null;
      }
    });
  });
  // That of VitePress writes no class. A table that scrolls can be reached by the keyboard.
  md.renderer.rules.table_open = (tokens, index, options, env, self) => {
    tokens[index].attrSet('tabindex', '0');
    return self.renderToken(tokens, index, options);
  };
  const plain = md.renderer.rules.code_inline;
  md.renderer.rules.code_inline = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (!token.meta?.inTable || token.content.length <= LINE) return plain(tokens, index, options, env, self);
    token.attrJoin('class', 'long');
    return `<code${self.renderAttrs(token)}>${pieces(token.content).map(escaped).join('<wbr>')}</code>`;
  };
}
